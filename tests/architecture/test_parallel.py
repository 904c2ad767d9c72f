"""Several processes of tests do not meet, and what is in the list exists."""

from __future__ import annotations

import pytest
from execnet import XSpec

from adviespunt import embedded
from tests.conftest import pytest_xdist_setupnodes
from tests.parallel import FAMILIES


def test_what_goes_together_is_there_and_in_one_place() -> None:
    listed = [path for family in FAMILIES for path in family]
    assert [path for path in listed if not (embedded.ROOT / path).exists()] == []
    assert len(set(listed)) == len(listed)


@pytest.mark.parametrize(("given", "base"), [(None, "test"), ("eigen", "eigen")])
def test_each_process_has_an_instance_of_its_own(
    given: str | None, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADVIESPUNT_INSTANCE", raising=False)
    if given:
        monkeypatch.setenv("ADVIESPUNT_INSTANCE", given)
    specs = [XSpec(f"popen//id=gw{number}") for number in range(2)]
    pytest_xdist_setupnodes(specs)
    found = [spec.env["ADVIESPUNT_INSTANCE"] for spec in specs]
    assert found == [f"{base}-gw0", f"{base}-gw1"]
