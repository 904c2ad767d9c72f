"""Questions whose SQL is put together once, and asked with other values every time.

Django puts the SQL of a query together anew on every request; of a question with many
conditions that takes longer than its answer. Here it is made once for each shape (who
has which rights, how many tenants) out of stand-ins, and every time the values of now
come in their places. Nothing of an answer is kept, nor of who asked: only SQL text.

Invariant: what is kept holds no value of anybody. It is made twice with other
stand-ins, and is refused when anything else differs, or when a date, a moment or an id
stands in it that was not given. Today is an expression (``Vandaag``), filled in when
the question is asked. Row security decides as ever, for it is asked anew.

Guarded by tests/privacy/test_voorbereid.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import (
    DateField,
    Expression,
    Field,
    ForeignObject,
    Lookup,
    QuerySet,
)
from django.utils import timezone

Row = TypeVar("Row")
# Given for a question: one value, several of one kind (a tuple: as many places), or a
# list, which takes one place however long it is (``__een_van``).
Een = UUID | int | str | date | datetime | None
Gegeven = Een | tuple[UUID | int | str | datetime, ...] | list[UUID] | list[int]
MOST = 300  # shapes of one question; then it starts afresh
VANDAAG = "vandaag"
# What a kept question may not hold of itself: it would be somebody's, or of one day.
VAN_IEMAND = (UUID, date)

_staat_in: ContextVar[date | None] = ContextVar("adviespunt_vandaag", default=None)


class NietVoorTeBereiden(TypeError):
    """This question cannot be kept: something of a value is in its SQL."""


class Vandaag(Expression):
    """Today, in a condition: the day on which the question is asked, not made."""

    def __init__(self) -> None:
        super().__init__(output_field=DateField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [_staat_in.get() or timezone.localdate()]


@ForeignObject.register_lookup
@Field.register_lookup
class EenVan(Lookup):
    """``kwestie_id__een_van=[…]``: as ``__in``, with one parameter for all of them, so
    that the SQL is the same for any number.
    """

    lookup_name = "een_van"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        sql, parameters = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", [*parameters, self.rhs]


@dataclass(frozen=True, slots=True)
class _Plaats:
    """Where in the values a parameter comes from; soort: what wraps it (Int4, say)."""

    nummer: int
    soort: type | None

    def fill(self, values: Sequence[Any]) -> Any:
        value = values[self.nummer]
        return value if self.soort is None else self.soort(value)


@dataclass(frozen=True, slots=True)
class _Rij:
    """A parameter that is an array."""

    delen: tuple[Any, ...]

    def fill(self, values: Sequence[Any]) -> list[Any]:
        return [_filled(deel, values) for deel in self.delen]


@dataclass(frozen=True, slots=True)
class _Klaar:
    """A question that was put together: the queryset, its SQL, what goes where, and
    what its compiler found out besides.
    """

    rijen: QuerySet[Any, Any]
    sql: str
    parameters: tuple[Any, ...]
    stand: dict[str, Any]


class Voorbereid(Generic[Row]):
    """A question: ``maak(*vorm, **gegeven)`` gives its queryset.

    vorm: what decides on the shape of the SQL: words, yes or no, and sets and rows of
    those; never an id or a day. gegeven: the values, by name, as they are this time;
    ``maak`` gets stand-ins of the same kind, and as many, so it may not choose by what
    a value is. Of a list it gets a tuple that says nothing of its length. Answers with
    a list.
    """

    def __init__(self, maak: Callable[..., QuerySet[Any, Row]]) -> None:
        self._maak = maak
        self._klaar: dict[Hashable, _Klaar] = {}

    def __call__(self, *vorm: Hashable, **gegeven: Gegeven) -> list[Row]:
        soorten = tuple((naam, _soort(one)) for naam, one in gegeven.items())
        klaar = self._klaar.get((vorm, soorten))
        if klaar is None:
            klaar = self._made(vorm, gegeven)
            if len(self._klaar) >= MOST:
                self._klaar.clear()
            self._klaar[vorm, soorten] = klaar
        if not klaar.sql:
            return []
        values = (timezone.localdate(), *_flat(gegeven))
        return list(_asked(klaar, values))

    def _made(self, vorm: Sequence[Hashable], gegeven: Mapping[str, Gegeven]) -> _Klaar:
        _check_vorm(vorm)
        first, second = (self._try(vorm, gegeven, turn) for turn in (0, 1))
        if (first.sql, first.parameters) != (second.sql, second.parameters):
            raise NietVoorTeBereiden(self._maak.__qualname__)
        return first

    def _try(
        self, vorm: Sequence[Hashable], gegeven: Mapping[str, Gegeven], turn: int
    ) -> _Klaar:
        """Put together out of stand-ins; other ones in the other turn."""
        vandaag, stand_ins, flat = _stand_ins(gegeven, turn)
        with _as_today(vandaag):
            rijen = self._maak(*vorm, **stand_ins)
            compiler = rijen.query.get_compiler(using=rijen.db)
            try:
                sql, parameters = compiler.as_sql()
            except EmptyResultSet:  # no row can ever be meant by this shape
                sql, parameters = "", ()
        places = {(type(one), one): place for place, one in enumerate(flat)}
        recipe = tuple(_recipe(one, places) for one in parameters)
        if sql and not _used(recipe) >= set(range(1, len(flat))):
            raise NietVoorTeBereiden(f"{self._maak.__qualname__}: a value is left out")
        kept = {**vars(compiler)}
        for name in ("query", "connection", "using"):
            del kept[name]
        return _Klaar(rijen, sql, recipe, kept)


# ------------------------------------------------------------------------ the values


def _soort(one: Gegeven) -> Any:
    """Of a value, what may make another shape of the question."""
    return tuple(type(part) for part in one) if isinstance(one, tuple) else type(one)


def _flat(gegeven: Mapping[str, Gegeven]) -> Iterator[Any]:
    for one in gegeven.values():
        if isinstance(one, tuple):
            yield from one
        elif one is not None:
            yield one


def _stand_ins(
    gegeven: Mapping[str, Gegeven], turn: int
) -> tuple[date, dict[str, Any], list[Any]]:
    """(today, values by name, the same in a row with today in front)."""
    vandaag = _stand_in(date, 0, turn)
    flat: list[Any] = [vandaag]
    found: dict[str, Any] = {}

    def one_of(kind: type) -> Any:
        flat.append(_stand_in(kind, len(flat), turn))
        return flat[-1]

    for naam, one in gegeven.items():
        if isinstance(one, tuple):
            found[naam] = tuple([one_of(type(part)) for part in one])
        elif isinstance(one, list):
            flat.append((_stand_in(str, len(flat), turn),))
            found[naam] = flat[-1]
        else:
            found[naam] = None if one is None else one_of(type(one))
    return vandaag, found, flat


def _stand_in(kind: type, place: int, turn: int) -> Any:
    """A value that is nobody's, the only one of its kind."""
    number = 1 + place + 10_000 * turn
    made: dict[type, Callable[[], Any]] = {
        UUID: lambda: UUID(int=(0xAD71E5 << 96) + number),
        int: lambda: 20_000 + number,  # fits the smallest column
        str: lambda: f"\ue000{number}\ue001",
        date: lambda: date(7000, 1, 1) + timedelta(days=number),
        datetime: lambda: datetime(8000, 1, 1, tzinfo=UTC) + timedelta(days=number),
    }
    if kind not in made:
        raise NietVoorTeBereiden(kind.__name__)
    return made[kind]()


@contextmanager
def _as_today(dag: date) -> Iterator[None]:
    token = _staat_in.set(dag)
    try:
        yield
    finally:
        _staat_in.reset(token)


# ------------------------------------------------------------------ what is kept of it


def _check_vorm(vorm: Hashable) -> None:
    """Only words, yes or no, and sets and rows of those."""
    if isinstance(vorm, tuple | frozenset | list):
        for one in vorm:
            _check_vorm(one)
    elif not isinstance(vorm, str | bool | None):
        raise NietVoorTeBereiden(repr(vorm))


def _recipe(parameter: Any, places: Mapping[tuple[type, Any], int]) -> Any:
    """A parameter as it is kept: where its value comes from, or itself."""
    if isinstance(parameter, list):
        return _Rij(tuple(_recipe(one, places) for one in parameter))
    kind = type(parameter)
    for base in (kind, *((int,) if isinstance(parameter, int) else ())):
        place = places.get((base, parameter))
        if place is not None:
            return _Plaats(place, None if base is kind else kind)
    if isinstance(parameter, VAN_IEMAND):
        raise NietVoorTeBereiden(repr(parameter))
    return parameter


def _used(recipe: Sequence[Any]) -> set[int]:
    """The values that are asked for: one that is not, would be left out unseen."""
    found = {one.nummer for one in recipe if isinstance(one, _Plaats)}
    return found.union(*(_used(one.delen) for one in recipe if isinstance(one, _Rij)))


def _filled(recipe: Any, values: Sequence[Any]) -> Any:
    is_value = isinstance(recipe, _Plaats | _Rij)
    return recipe.fill(values) if is_value else recipe


def _asked(klaar: _Klaar, values: Sequence[Any]) -> Any:
    """The rows, as Django itself makes them from what the database answers."""
    parameters = tuple(_filled(one, values) for one in klaar.parameters)
    rijen: Any = klaar.rijen
    query = copy(rijen.query)

    def compiler_of(using: str | None = None, *_args: Any, **_kwargs: Any) -> Any:
        compiler = type(query).get_compiler(query, using=using)
        vars(compiler).update(klaar.stand)
        compiler.as_sql = lambda *_a, **_k: (klaar.sql, parameters)
        return compiler

    query.get_compiler = compiler_of
    asked: Any = QuerySet(model=rijen.model, query=query, using=rijen._db)
    asked._fields = rijen._fields
    return rijen._iterable_class(asked)
