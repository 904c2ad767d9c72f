"""A sealed file opens whole with its key, and not at all otherwise."""

from __future__ import annotations

import io
import os

import pytest

from adviespunt import stroom

GEHEIM = "k" * 60


def sealed(text: bytes) -> bytes:
    made = io.BytesIO()
    stroom.seal(io.BytesIO(text), made, GEHEIM, "gegevens")
    return made.getvalue()


def opened(data: bytes, geheim: str = GEHEIM, doel: str = "gegevens") -> bytes:
    made = io.BytesIO()
    stroom.unseal(io.BytesIO(data), made, geheim, doel)
    return made.getvalue()


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 129, 1000])
def test_any_size_comes_back(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stroom, "STUK", 64)
    text = os.urandom(size)
    assert opened(sealed(text)) == text


def test_a_pipe_that_gives_little_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    class Drops(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 7, 7))

    monkeypatch.setattr(stroom, "STUK", 64)
    made = io.BytesIO()
    stroom.seal(Drops(b"x" * 500), made, GEHEIM, "gegevens")
    assert opened(made.getvalue()) == b"x" * 500


@pytest.mark.parametrize("how", ["cut", "swap", "drop", "repeat", "flip", "tail"])
def test_what_was_tampered_with_does_not_open(
    how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stroom, "STUK", 64)
    data = sealed(os.urandom(64 * 4 + 10))
    head, size = data[:14], 64 + 16
    pieces = [data[14 + n * size : 14 + (n + 1) * size] for n in range(5)]
    bad = {
        "cut": [*pieces[:3]],
        "swap": [pieces[1], pieces[0], *pieces[2:]],
        "drop": [pieces[0], *pieces[2:]],
        "repeat": [pieces[0], *pieces],
        "flip": [pieces[0][:-1] + bytes([pieces[0][-1] ^ 1]), *pieces[1:]],
        "tail": [*pieces[:4], pieces[4][:-1]],
    }[how]
    with pytest.raises(stroom.StroomFout):
        opened(head + b"".join(bad))


def test_another_key_another_purpose_or_another_file_does_not_open() -> None:
    data = sealed(b"tekst")
    for bad in (
        {"geheim": "m" * 60},
        {"doel": "sleutels"},
    ):
        with pytest.raises(stroom.StroomFout):
            opened(data, **bad)
    for other in (b"", b"ADVSTR1", b"x" * 100):
        with pytest.raises(stroom.StroomFout):
            opened(other)
