"""A letter opens with the other half, in its own place, or not at all."""

from __future__ import annotations

import pytest

from privacy.brievenbus import BrievenbusFout, new_secret, post, public_half, take_out

PLEK = ("aanmelding", 1, "inhoud")


def test_a_letter_opens_with_the_other_half_only() -> None:
    secret, other = new_secret(), new_secret()
    blob = post(public_half(secret), "Ik word niet teruggebeld.", *PLEK)
    assert take_out(secret, blob, *PLEK) == "Ik word niet teruggebeld."
    for wrong in (other, public_half(secret)):
        with pytest.raises(BrievenbusFout):
            take_out(wrong, blob, *PLEK)


def test_a_letter_opens_in_its_own_place_only_and_unchanged() -> None:
    secret = new_secret()
    blob = post(public_half(secret), "Tekst", *PLEK)
    with pytest.raises(BrievenbusFout):
        take_out(secret, blob, "aanmelding", 2, "inhoud")
    for at in (0, 40, len(blob) - 1):
        bent = bytearray(blob)
        bent[at] ^= 1
        with pytest.raises(BrievenbusFout):
            take_out(secret, bytes(bent), *PLEK)
    for short in (b"", blob[:20], blob[:40], b"\0" * 32 + blob[32:]):
        with pytest.raises(BrievenbusFout):
            take_out(secret, short, *PLEK)


def test_the_same_text_is_another_letter_each_time_and_short_ones_look_alike() -> None:
    publiek = public_half(new_secret())
    first, second = (post(publiek, text, *PLEK) for text in ("Ja", "Ja"))
    assert first != second
    assert len(first) == len(post(publiek, "Een veel langere vraag " * 9, *PLEK))
