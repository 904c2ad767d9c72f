"""Names from before the index are found after ``manage.py zoekindex``."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import Client, Kwestie, Zoekteken
from cases.selectors import Vraag, search
from cases.services.zoekindex import index_batch
from tenants.scope import acting_as
from tests import people
from tests.cases import seed
from tests.cases.toegang import events

pytestmark = pytest.mark.django_db


def named(naam: str, door: str = "anna", slug: str = "arnhem") -> Kwestie:
    return seed.register(door, slug, identiteitsstatus="BEKEND", naam=naam)


def forget(slug: str = "arnhem") -> None:
    """As it was before there was an index."""
    tenant_id = people.tenant_id(slug)
    wie = people.wie({"arnhem": "anna", "wulpenhorst": "hanna"}[slug])
    with acting_as(wie.scope(tenant_id)):
        Zoekteken.objects.filter(tenant_id=tenant_id).delete()


def found(naam: str, door: str = "anna", slug: str = "arnhem") -> list[str]:
    wie = people.wie(door)
    with acting_as(wie.scope(people.tenant_id(slug))):
        groups = search(wie, Vraag(tekst=naam))
    return [t.regel.nummer for g in groups if g.soort == "naam" for t in g.treffers]


def run(*options: str) -> dict[str, dict[str, int]]:
    out = io.StringIO()
    call_command("zoekindex", *options, stdout=out, stderr=io.StringIO())
    told: dict[str, dict[str, int]] = json.loads(out.getvalue())
    return told


def test_a_name_from_before_is_found_again() -> None:
    kwestie = named("Truus Ploeger")
    there = named("Truus Ploeger", "hanna", "wulpenhorst")
    forget()
    forget("wulpenhorst")
    assert found("Ploeger") == []
    told = run("--tenant", "arnhem")
    assert told == {"arnhem": {"gelezen": 1, "geschreven": 2}}
    assert found("Ploeger") == [kwestie.nummer]
    assert found("Ploeger", "hanna", "wulpenhorst") == []
    assert set(run()) == {"arnhem", "wulpenhorst"}
    assert found("Ploeger", "hanna", "wulpenhorst") == [there.nummer]


def test_broken_off_it_goes_on_where_it_was(monkeypatch: Any) -> None:
    for number in range(5):
        named(f"Persoon Achternaam{'abcde'[number]}")
    forget()
    seen = events(monkeypatch)
    first = index_batch(1, batch=2)  # and then the machine went down
    assert first.gelezen == 2
    assert run("--tenant", "arnhem")["arnhem"]["gelezen"] == 3
    assert run("--tenant", "arnhem")["arnhem"] == {"gelezen": 0, "geschreven": 0}
    assert [len(e["ids"]) for e in seen] == [2, 3]
    assert {e["gebeurtenis"] for e in seen} == {"zoekindex_gemaakt"}


def test_all_over_again_changes_only_what_is_not_right() -> None:
    kwestie = named("Truus Ploeger")
    with acting_as(people.wie("anna").scope(1)):
        Zoekteken.objects.create(tenant_id=1, client_id=kwestie.client_id, teken="w000")
    told = run("--alles", "--tenant", "arnhem")["arnhem"]
    assert told == {"gelezen": 1, "geschreven": 1}
    with acting_as(people.wie("anna").scope(1)):
        tokens = Zoekteken.objects.filter(client_id=kwestie.client_id)
        assert "w000" not in tokens.values_list("teken", flat=True)


def test_who_became_anonymous_gets_no_tokens() -> None:
    kwestie = named("Truus Ploeger")
    seed.act("make_anonymous", kwestie, is_alles=True)
    assert run("--alles")["arnhem"]["gelezen"] == 0
    with acting_as(people.wie("anna").scope(1)):
        assert Client.objects.get(pk=kwestie.client_id).identiteitsstatus == "GEANON"
        assert Zoekteken.objects.filter(client_id=kwestie.client_id).count() == 0


def test_an_unknown_place_is_refused() -> None:
    with pytest.raises(CommandError, match="geen opdrachtgever"):
        run("--tenant", "nergens")
    with pytest.raises(CommandError, match="--vanaf"):
        run("--vanaf", str(people.ident("x")))
