"""The ways in which Django code crosses a tenant, each tried on planted data.

Every way is a function that says what it got of Wulpenhorst. It is run twice: at
home, as Hanna of Wulpenhorst, where it must get something (so the way works and there
is something to leak), and as Anna of Arnhem, where it must get nothing and must leave
Wulpenhorst as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

import psycopg
import pytest
from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery, Sum
from django.db.models.query import QuerySet
from django.db.utils import ProgrammingError

from adviespunt import embedded
from cases.models import Client, Contactmoment, ExternTraject, Kwestie, Verwijzing
from signalering.models import Bespreking, Bestand, Rapportage, Reactie
from tenants.models import Medewerker, Opdracht, Tenant, TenantGroupObjectPermission
from tenants.scope import Scope, acting_as
from tests import people
from tests.isolation.conftest import WALL, fingerprint, undone
from tests.isolation.planting import ident

pytestmark = pytest.mark.usefixtures("wall")
OTHER = "wulpenhorst"
HERE, THERE = people.tenant_id("arnhem"), people.tenant_id(OTHER)
KWESTIE, CLIENT = ident("kwestie", OTHER), ident("client", OTHER)
CONTACT, NADIA = ident("contact", OTHER), people.ident("nadia")
RAPPORT = ident("rapport-CONCEPT", OTHER)
ANNA = Scope("staff", people.ident("anna"), (HERE,), HERE, (HERE,))
HANNA = Scope("staff", people.ident("hanna"), (THERE,), THERE, (THERE,))
# Nadia reads both tenants and writes Arnhem: what she reaches there she may not change.
BOTH = Scope("staff", NADIA, (HERE, THERE), HERE, (HERE, THERE))

Way = Callable[[], Any]
READS: dict[str, Way] = {}
WRITES: dict[str, Way] = {}


def reads(way: Way) -> Way:
    READS[way.__name__] = way
    return way


def writes(way: Way) -> Way:
    WRITES[way.__name__] = way
    return way


def theirs(values: Iterable[Any]) -> list[Any]:
    """What of ``values`` is Wulpenhorst's: rows, ids, texts, or sealed texts."""
    found = []
    for value in values:
        tenant_id = getattr(value, "tenant_id", None)
        text = readable(value)
        if tenant_id == THERE or OTHER in text or any(b in text for b in blobs()):
            found.append(value)
    return found


def readable(value: Any) -> str:
    """As text in lower case; bytes as PostgreSQL writes them."""
    if isinstance(value, tuple):
        return " ".join(map(readable, value))
    return value.hex() if isinstance(value, bytes) else str(value).lower()


@cache
def blobs() -> tuple[str, ...]:
    """The sealed texts of Wulpenhorst, in hexadecimal."""
    with embedded.current().superuser(WALL) as truth:
        rows = truth.execute(
            "SELECT encode(b, 'hex') FROM (SELECT naam_v FROM cases_client WHERE"
            " tenant_id = 2 UNION ALL SELECT toelichting_v FROM cases_kwestie WHERE"
            " tenant_id = 2 UNION ALL SELECT notitie_v FROM cases_contactmoment WHERE"
            " tenant_id = 2) AS of_wulpenhorst(b) WHERE b IS NOT NULL"
        ).fetchall()
    assert len(rows) >= 4
    return tuple(row[0] for row in rows)


def sql(query: str, *params: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [value for row in cursor.fetchall() for value in row]


# ------------------------------------------------------------------------- reading


@reads
def forgotten_filter() -> Any:
    return theirs(Kwestie.objects.all()) + theirs(Client.objects.values_list("naam_v"))


@reads
def get_by_pk() -> Any:
    return Kwestie.objects.get(pk=KWESTIE)


@reads
def model_without_a_scoped_manager() -> Any:
    return theirs(ExternTraject.objects.all()) + theirs(Verwijzing.objects.all())


@reads
def base_manager() -> Any:
    return Kwestie._base_manager.get(pk=KWESTIE)


@reads
def refresh_from_db() -> Any:
    row = Kwestie(pk=KWESTIE, tenant_id=THERE)
    row.refresh_from_db()
    return row.toelichting


@reads
def deferred_column() -> Any:
    row = Client.from_db("default", ["id", "tenant_id"], [CLIENT, THERE])
    return row.naam


@reads
def reverse_relation_from_a_foreign_parent() -> Any:
    return theirs(Client(pk=CLIENT, tenant_id=THERE).kwesties.all())


@reads
def forward_dereference() -> Any:
    return Contactmoment(tenant_id=HERE, kwestie_id=KWESTIE).kwestie


@reads
def join_through_an_unscoped_model() -> Any:
    rows = Medewerker.objects.filter(pk=NADIA)
    return theirs(rows.values_list("kwesties__toelichting_v", flat=True))


@reads
def filter_through_an_unscoped_model() -> Any:
    return list(Medewerker.objects.filter(kwesties__nummer__startswith="WUL"))


@reads
def aggregate_over_a_relation() -> Any:
    about = Q(kwesties__tenant_id=THERE)
    row = Medewerker.objects.annotate(n=Count("kwesties", filter=about)).get(pk=NADIA)
    return row.n


@reads
def aggregate_of_a_whole_table() -> Any:
    rows = Contactmoment.objects.filter(tenant_id=THERE)
    found = rows.aggregate(n=Sum("duur_min"), last=Max("notitie_v"))
    return found["n"] or found["last"]


@reads
def raw_cursor() -> Any:
    return theirs(sql("SELECT naam_v FROM cases_client"))


@reads
def raw_queryset() -> Any:
    return theirs(Kwestie.objects.raw("SELECT * FROM cases_kwestie"))


@reads
def queryset_of_another_scope() -> Any:
    """Built where Hanna works (and not evaluated there), used by whoever acts."""
    with acting_as(HANNA):
        rows = Kwestie.objects.filter(tenant_id=THERE)
    return list(rows)


@reads
def model_form_choice() -> Any:
    class KwestieForm(forms.ModelForm):  # type: ignore[type-arg]
        class Meta:
            model = Kwestie
            fields = ["client"]

    form = KwestieForm({"client": str(CLIENT)})
    options = theirs(Client.objects.filter(pk__in=[c[0] for c in _choices(form)]))
    return options or form.is_valid()


def _choices(form: forms.BaseForm) -> list[tuple[Any, Any]]:
    chosen = form.fields["client"]
    assert isinstance(chosen, forms.ModelChoiceField)
    return [(str(value), label) for value, label in chosen.choices if value]


@reads
def select_related() -> Any:
    rows = Contactmoment.objects.select_related("kwestie__client")
    return [row.kwestie.client for row in rows if row.kwestie.tenant_id == THERE]


@reads
def prefetch_related() -> Any:
    (row,) = Medewerker.objects.filter(pk=NADIA).prefetch_related("kwesties")
    return theirs(row.kwesties.all())


@reads
def all_tenants_helper_in_a_view() -> Any:
    """The roles that look across tenants reach no data; else nothing is gained."""
    for kind in ("dispatch", "identity", "public"):
        with acting_as(Scope(kind, NADIA)):
            for model in (Kwestie, Client, Contactmoment):
                try:
                    with transaction.atomic():
                        assert not theirs(model.objects.all())
                except ProgrammingError as error:
                    assert "permission denied" in str(error)
    return theirs(Kwestie.objects.all())


@reads
def exists_with_an_outer_reference() -> Any:
    about = Kwestie.objects.filter(ondersteuner=OuterRef("pk"), tenant_id=THERE)
    return list(Medewerker.objects.filter(Exists(about)))


@reads
def subquery_as_a_value() -> Any:
    text = Kwestie.objects.filter(ondersteuner=OuterRef("pk")).order_by("-tenant_id")
    rows = Medewerker.objects.annotate(t=Subquery(text.values("toelichting_v")[:1]))
    return theirs(rows.values_list("t", flat=True))


@reads
def subquery_in_a_filter() -> Any:
    rows = Kwestie.objects.filter(tenant_id=THERE).values("ondersteuner")
    return list(Medewerker.objects.filter(pk__in=rows))


@reads
def union() -> Any:
    mine = Client.objects.filter(tenant_id=HERE).values_list("naam_v")
    return theirs(
        mine.union(Client.objects.filter(tenant_id=THERE).values_list("naam_v"))
    )


@reads
def in_bulk() -> Any:
    return Kwestie.objects.in_bulk([KWESTIE])


@reads
def exists_and_count() -> Any:
    return (
        Kwestie.objects.filter(pk=KWESTIE).exists()
        or Kwestie.objects.filter(tenant_id=THERE).count()
    )


@reads
def server_side_iterator() -> Any:
    return theirs(Kwestie.objects.iterator(chunk_size=1))


@reads
def locking_read() -> Any:
    return theirs(Kwestie.objects.select_for_update().all())


@reads
def grouping_and_dates() -> Any:
    rows = Kwestie.objects.filter(tenant_id=THERE)
    return list(rows.values("aard").annotate(n=Count("id"))) + list(
        rows.dates("datum", "month")
    )


@reads
def error_that_tells_a_value() -> Any:
    """P12: a condition that fails on their rows only and says why."""
    try:
        with transaction.atomic():
            sql(
                "SELECT id FROM cases_verwijzing WHERE"
                " CASE WHEN tenant_id = %s THEN organisatie::int ELSE 0 END = 0",
                THERE,
            )
    except DatabaseError as error:
        return OTHER in str(error)
    return False


@reads
def copy_to() -> Any:
    with connection.cursor() as cursor:
        with cursor.copy("COPY (SELECT naam_v FROM cases_client) TO STDOUT") as copy:
            return theirs([bytes(block).decode() for block in copy])


@reads
def tenants_and_agreements() -> Any:
    return theirs(Tenant.objects.all()) + theirs(Opdracht.objects.all())


@reads
def reports_and_what_hangs_on_them() -> Any:
    models = (Rapportage, Bespreking, Reactie, Bestand)
    return [row for model in models for row in theirs(model.objects.all())]


@reads
def permissions_of_colleagues() -> Any:
    return list(TenantGroupObjectPermission.objects.filter(content_object_id=THERE))


# ------------------------------------------------------------------------- writing


def _held(model: type[Any], pk: Any) -> Any:
    """An instance as it lies around in memory: fetched by somebody who may."""
    with acting_as(HANNA):
        return model.objects.get(pk=pk)


@writes
def save_as_update_by_pk() -> Any:
    row = _held(Client, CLIENT)
    row.naam = "Gekaapt"
    row.save(force_update=True)
    return True


@writes
def save_without_force() -> Any:
    row = _held(Kwestie, KWESTIE)
    row.toelichting = "Gekaapt"
    row.save()
    return True


@writes
def update_of_a_queryset() -> Any:
    return Kwestie.objects.filter(pk=KWESTIE).update(toelichting_v=b"Gekaapt")


@writes
def bulk_update() -> Any:
    row = _held(Client, CLIENT)
    row.naam = "Gekaapt"
    return Client.objects.bulk_update([row], ["naam_v"])


@writes
def bulk_create_into_another_tenant() -> Any:
    return Client.objects.bulk_create(
        [Client(tenant_id=THERE, identiteitsstatus="BEKEND")]
    )


@writes
def create_through_a_foreign_parent() -> Any:
    return Client(pk=CLIENT, tenant_id=THERE).kwesties.create(
        tenant_id=THERE, **_coded(), nummer="X"
    )


def _coded() -> dict[str, Any]:
    return {
        "dienst": "OCO_SD",
        "datum": datetime.now(UTC).date().replace(day=1),
        "kanaal": "TEL",
        "rol": "CLIENT",
        "identiteitsstatus": "BEKEND",
        "soort": "VRAAG",
        "aard": "FIN",
        "wet": "WMO",
    }


@writes
def upsert_on_a_foreign_pk() -> Any:
    """P14"""
    return Client.objects.bulk_create(
        [Client(pk=CLIENT, tenant_id=THERE, identiteitsstatus="BEKEND", naam_v="X")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["naam_v"],
    )


@writes
def contact_in_a_foreign_file() -> Any:
    return Contactmoment.objects.create(
        tenant_id=THERE,
        kwestie_id=KWESTIE,
        datum_tijd=datetime(2025, 3, 2, tzinfo=UTC),
        kanaal="TEL",
        activiteiten=["IND.INFO"],
    )


@writes
def update_with_a_join() -> Any:
    return sql(
        "UPDATE cases_client c SET naam_v='X' FROM cases_kwestie k"
        " WHERE k.client_id=c.id AND k.tenant_id=%s RETURNING c.id",
        THERE,
    )


@writes
def merge() -> Any:
    return sql(
        "MERGE INTO cases_client c USING (SELECT %s::uuid AS id) s ON c.id=s.id"
        " WHEN MATCHED THEN UPDATE SET naam_v='X' RETURNING c.id",
        CLIENT,
    )


@dataclass
class Outcome:
    got: Any = None
    error: Exception | None = field(default=None)


def attempt(way: Way, scope: Scope) -> Outcome:
    """What the way yields in ``scope``; a refusal of the database is an outcome."""
    try:
        with undone(scope):
            got = way()
            if isinstance(got, QuerySet):
                got = list(got)
            return Outcome(got)
    except (DatabaseError, ObjectDoesNotExist) as error:
        return Outcome(error=error)


@pytest.mark.parametrize("name", READS)
def test_a_way_of_reading_leaks_nothing(name: str) -> None:
    assert attempt(READS[name], HANNA).got
    assert not attempt(READS[name], ANNA).got


@pytest.mark.parametrize("name", WRITES)
def test_a_way_of_writing_changes_nothing(
    name: str, truth: psycopg.Connection[Any]
) -> None:
    before = fingerprint(truth, THERE)
    assert attempt(WRITES[name], HANNA).got
    for scope in (ANNA, BOTH):
        assert not attempt(WRITES[name], scope).got
    assert fingerprint(truth, THERE) == before


def test_deleting_a_file_is_not_for_the_application_at_all(
    truth: psycopg.Connection[Any],
) -> None:
    before = fingerprint(truth, THERE)
    for scope in (ANNA, HANNA, BOTH):
        row = _held(Client, CLIENT)
        found = attempt(row.delete, scope)
        assert isinstance(found.error, (ProgrammingError, IntegrityError))
    assert fingerprint(truth, THERE) == before


def test_the_statistics_of_the_planner_are_hidden(
    truth: psycopg.Connection[Any],
) -> None:
    """P12: after ANALYZE the values of a column stand in pg_stats."""
    query = "SELECT coalesce(histogram_bounds, most_common_vals)::text FROM pg_stats"
    with undone(ANNA):
        truth.execute("ANALYZE cases_client")
        assert theirs(str(row) for row in truth.execute(query).fetchall())
        assert theirs(sql(query)) == []


@pytest.mark.parametrize(
    ("model", "column", "foreign"),
    [
        (Contactmoment, "kwestie_id", KWESTIE),
        (Verwijzing, "kwestie_id", KWESTIE),
        (ExternTraject, "kwestie_id", KWESTIE),
        (Kwestie, "client_id", CLIENT),
        (Kwestie, "opdracht_id", people.ident(f"opdracht-{OTHER}")),
    ],
)
def test_a_foreign_key_reaches_no_row_of_another_tenant(
    model: type[Any], column: str, foreign: Any
) -> None:
    """P6: foreign-key checks pass by row security, so the tenant is in the key.

    A row that is not there at all gives the same error: existence does not leak.
    """
    errors = []
    for value in (foreign, ident("nowhere", OTHER)):
        with pytest.raises(IntegrityError, match=f"{column}_tenant") as caught:
            with undone(BOTH):
                row = model.objects.filter(
                    tenant_id=HERE, **{f"{column}__isnull": False}
                )
                row.update(**{column: value})
        errors.append(str(caught.value).split("DETAIL")[0])
    assert errors[0] == errors[1]


def test_a_unique_value_of_another_tenant_is_no_oracle() -> None:
    """P7: the same numbers and codes can be used in every tenant."""
    with undone(ANNA):
        taken = Kwestie.objects.get(pk=ident("anoniem", "arnhem"))
        taken.nummer = "WUL-kwestie"
        taken.extern_nummer = "1"
        taken.save()
    with undone(HANNA):
        mine = Kwestie.objects.get(pk=KWESTIE)
        assert mine.nummer == "WUL-kwestie"
    with undone(ANNA):
        mine_too = Client.objects.filter(tenant_id=HERE, pk=ident("client", "arnhem"))
        mine_too.update(extern_code="C-2")
        Client.objects.create(
            tenant_id=HERE, identiteitsstatus="BEKEND", extern_code="C-1"
        )


@pytest.mark.parametrize("table", ["cases_client", "signalering_publicatie"])
def test_tables_cannot_be_emptied_or_filled_past_the_policies(table: str) -> None:
    """P8, P15: TRUNCATE and COPY FROM do not look at policies."""
    with pytest.raises(ProgrammingError, match="permission denied"):
        with acting_as(ANNA), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")
    with pytest.raises(psycopg.Error, match=r"permission denied|row-level security"):
        with acting_as(ANNA), connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} FROM STDIN"):
                pass


def test_the_matrix_names_the_eighteen_ways() -> None:
    named = {
        "forgotten_filter": 1,
        "model_without_a_scoped_manager": 2,
        "base_manager": 3,
        "refresh_from_db": 3,
        "reverse_relation_from_a_foreign_parent": 4,
        "forward_dereference": 5,
        "join_through_an_unscoped_model": 6,
        "aggregate_over_a_relation": 7,
        "raw_cursor": 8,
        "raw_queryset": 9,
        "queryset_of_another_scope": 10,
        "save_as_update_by_pk": 11,
        "bulk_create_into_another_tenant": 13,
        "model_form_choice": 15,
        "select_related": 16,
        "prefetch_related": 17,
        "all_tenants_helper_in_a_view": 18,
    }
    assert set(named) <= {*READS, *WRITES}  # 12 and 14 are tests of their own above
