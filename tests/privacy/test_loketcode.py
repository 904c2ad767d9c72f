"""Return codes: long enough, no slip goes by, and nothing leads back."""

from __future__ import annotations

import math
from typing import Any

import pytest

from privacy.loketcode import BASIS, LENGTE, TOEVAL, Loketcode, code_for, read
from privacy.terugkomen import TEKENS

CODE = code_for(7, "formulier-een")


def test_a_code_has_eighty_bits_of_chance_and_reads_back() -> None:
    assert math.log2(BASIS**TOEVAL) > 80
    assert len(CODE.teken) == LENGTE
    assert [len(group) for group in str(CODE).split("-")] == [3] * 7
    assert read(str(CODE)) == CODE
    assert read(f" {str(CODE).lower().replace('-', ' ')} ") == CODE
    for tenant_id in (1, 2, 31, 342, 29_790):
        again = read(str(code_for(tenant_id, "x")))
        assert again is not None
        assert again.tenant_id == tenant_id


def test_one_wrong_character_or_two_swapped_is_seen_at_once() -> None:
    text = CODE.teken
    for at in range(LENGTE):
        for char in TEKENS:
            if char != text[at]:
                assert read(text[:at] + char + text[at + 1 :]) is None
    for at in range(LENGTE - 1):
        if text[at] != text[at + 1]:
            swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            assert read(swapped) is None
    for wrong in ("", text[:-1], text + "2", text[:-1] + "O", "0" * LENGTE):
        assert read(wrong) is None


def test_the_same_form_gives_the_same_code_and_another_form_another() -> None:
    assert code_for(7, "formulier-een") == CODE
    assert code_for(7, "formulier-twee").teken[3:] != CODE.teken[3:]
    assert code_for(8, "formulier-een").teken[3:] != CODE.teken[3:]


def test_the_id_hangs_on_the_secret_of_the_server_and_the_key_does_not(
    settings: Any,
) -> None:
    before = (CODE.id, CODE.publiek)
    settings.LOKET_SLEUTEL = "een ander geheim"
    after = Loketcode(CODE.tenant_id, CODE.teken)
    assert after.id != before[0]
    assert after.publiek == before[1]


def test_a_code_is_not_in_what_is_shown_of_it_in_an_error() -> None:
    assert CODE.teken not in repr(CODE)


@pytest.mark.parametrize("tenant_id", [0, -1, 29_791])
def test_a_tenant_that_does_not_fit_has_no_codes(tenant_id: int) -> None:
    with pytest.raises(ValueError, match="no code"):
        code_for(tenant_id, "x")
