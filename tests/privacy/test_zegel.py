"""A sealed text opens in its own place with its own key, or not at all."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.zegel import KORTST, Plaats, ZegelFout, bound, seal, unseal

KEY, OTHER_KEY = (AESGCM(bytes([n]) * 32) for n in (1, 2))
HERE = Plaats(1, "cases_client", UUID(int=7), "naam_v")
TEXT = "Truus van Kleef-Zandbergen"


@pytest.mark.parametrize("text", ["x", TEXT, "é" * 15, "\0\x80", "a" * 100_000])
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unseal(KEY, seal(KEY, text, HERE), HERE) == text


def test_the_same_text_is_never_sealed_the_same() -> None:
    assert len({seal(KEY, TEXT, HERE) for _ in range(20)}) == 20


def test_the_length_of_a_short_text_says_little() -> None:
    assert len({len(seal(KEY, "a" * n, HERE)) for n in range(1, 16)}) == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, tenant_id=2),
        replace(HERE, tabel="cases_kwestie"),
        replace(HERE, pk=UUID(int=8)),
        replace(HERE, kolom="adres_v"),
    ],
)
def test_a_blob_does_not_open_in_another_place(elsewhere: Plaats) -> None:
    blob = seal(KEY, TEXT, HERE)
    with pytest.raises(ZegelFout) as refused:
        unseal(KEY, blob, elsewhere)
    assert refused.value.reden == "geknoeid"
    assert refused.value.plaats == elsewhere
    assert TEXT not in str(refused.value)


def test_a_blob_does_not_open_with_another_key() -> None:
    with pytest.raises(ZegelFout, match="geknoeid"):
        unseal(OTHER_KEY, seal(KEY, TEXT, HERE), HERE)


def test_no_bit_of_a_blob_can_be_changed() -> None:
    blob = seal(KEY, "kort", HERE)
    for at in range(len(blob)):
        for bit in range(8):
            changed = bytearray(blob)
            changed[at] ^= 1 << bit
            with pytest.raises(ZegelFout) as refused:
                unseal(KEY, bytes(changed), HERE)
            assert refused.value.reden == ("vorm" if at == 0 else "geknoeid")


def test_no_part_of_a_blob_is_enough() -> None:
    blob = seal(KEY, TEXT, HERE)
    for length in range(len(blob)):
        with pytest.raises(ZegelFout) as refused:
            unseal(KEY, blob[:length], HERE)
        assert refused.value.reden == ("vorm" if length < KORTST else "geknoeid")
    with pytest.raises(ZegelFout, match="geknoeid"):
        unseal(KEY, blob + b"\0", HERE)


def test_parts_are_bound_with_their_length() -> None:
    assert bound("ab", "c") != bound("a", "bc")
    assert bound(1, 23) != bound(12, 3)
    assert bound("1") == bound(1) == bound(b"1")
