"""Audit events of casework: one named function for each.

An event holds ids, codes and counts; never a name, a number or a text.

Guarded by tests/cases/test_committed.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from cases.models import (
    Agendapunt,
    AmbtshalveActie,
    Belangencheck,
    CaseGrant,
    Client,
    Concept,
    Contactmoment,
    Correctie,
    ExternTraject,
    Kwestie,
    Nevenbelang,
    Overdracht,
    Plaatsvervanging,
    PrivacyInformatie,
    Samenvoeging,
    Stap,
    Toestemming,
)
from cases.selectors import Groep, Grond, Lijst, Regel, grond_of
from privacy import audit
from tenants.access import Wie


def _rol(wie: Wie) -> str:
    return "staff" if wie.is_medewerker else "portal"


def _about(
    gebeurtenis: str,
    wie: Wie,
    kwestie: Kwestie,
    grond: str = "",
    **extra: str | int | None,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=kwestie.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[kwestie.pk],
        grond=grond or grond_of(kwestie) or "toegewezen",
        extra=extra,
    )


def _shown(gebeurtenis: str, wie: Wie, lijsten: Iterable[Lijst]) -> None:
    """One event; a second one, with its ground, for what she sees as substitute."""
    regels = [regel for lijst in lijsten for regel in lijst.regels]
    namens = [regel for regel in regels if regel.is_namens]
    _shown_rows(gebeurtenis, wie, [r for r in regels if not r.is_namens])
    if namens:
        _shown_rows(gebeurtenis, wie, namens, Grond.PLAATSVERVANGING)


def _shown_rows(
    gebeurtenis: str, wie: Wie, regels: list[Regel], grond: str = ""
) -> None:
    ids = dict.fromkeys(regel.id for regel in regels if regel.id is not None)
    tenants = sorted({regel.plek.id for regel in regels})
    audit.record(
        gebeurtenis,
        tenant_id=tenants[0] if len(tenants) == 1 else None,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=ids,
        grond=grond,
        extra={
            "tenants": ",".join(map(str, tenants)),
            "afgeschermd": sum(regel.is_afgeschermd for regel in regels),
        },
    )


def kwesties_getoond(wie: Wie, lijst: Lijst) -> None:
    """A page of the list was shown."""
    _shown("kwesties_getoond", wie, [lijst])


def werk_getoond(wie: Wie, lijsten: Iterable[Lijst]) -> None:
    """Somebody's page *Mijn werk* was shown."""
    _shown("werk_getoond", wie, lijsten)


def _ground(wie: Wie, kwestie: Kwestie) -> str:
    """Why she sees it; a kwestie that came from elsewhere is hers or of the team."""
    own = kwestie.ondersteuner_id == wie.user_id
    return grond_of(kwestie) or ("toegewezen" if own else "team")


def kwestie_ingezien(wie: Wie, kwestie: Kwestie) -> None:
    """The content of a kwestie was shown."""
    _about("kwestie_ingezien", wie, kwestie, _ground(wie, kwestie))


def kwestie_geregistreerd(wie: Wie, kwestie: Kwestie, *, bsn_akkoord: bool) -> None:
    _about(
        "kwestie_geregistreerd",
        wie,
        kwestie,
        status=kwestie.status,
        identiteitsstatus=kwestie.identiteitsstatus,
        bsn_akkoord=int(bsn_akkoord),
    )


def contact_toegevoegd(wie: Wie, kwestie: Kwestie, contact: Contactmoment) -> None:
    _about("contact_toegevoegd", wie, kwestie, contact=str(contact.pk))


def status_gewijzigd(wie: Wie, kwestie: Kwestie, van: str) -> None:
    _about(
        "kwestie_status_gewijzigd",
        wie,
        kwestie,
        van=van,
        naar=kwestie.status,
        resultaat=kwestie.resultaat,
    )


def kwestie_heropend(wie: Wie, kwestie: Kwestie, resultaat: str) -> None:
    """``resultaat``: the code that stood before."""
    _about("kwestie_heropend", wie, kwestie, resultaat=resultaat)


def kwestie_gewijzigd(wie: Wie, kwestie: Kwestie, velden: Iterable[str]) -> None:
    """``velden``: the names of the changed fields, not what is in them."""
    _about("kwestie_gewijzigd", wie, kwestie, velden=",".join(sorted(velden)))


def kwestie_toegewezen(wie: Wie, kwestie: Kwestie) -> None:
    _about("kwestie_toegewezen", wie, kwestie, "team", aan=str(kwestie.ondersteuner_id))


def verwijzing_toegevoegd(wie: Wie, kwestie: Kwestie, instantie_type: str) -> None:
    _about("verwijzing_toegevoegd", wie, kwestie, instantie_type=instantie_type)


def traject_toegevoegd(wie: Wie, kwestie: Kwestie, type: str) -> None:
    _about("traject_toegevoegd", wie, kwestie, type=type)


def concept_geopend(wie: Wie, concept: Concept) -> None:
    """A draft was shown again to who wrote it."""
    _draft("concept_geopend", wie, concept.tenant_id, concept.pk)


def concept_weggegooid(wie: Wie, tenant_id: int, concept_id: UUID) -> None:
    _draft("concept_weggegooid", wie, tenant_id, concept_id)


def _draft(gebeurtenis: str, wie: Wie, tenant_id: int, concept_id: UUID) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="concept",
        ids=[concept_id],
        grond="eigen",
    )


def concepten_opgeruimd(tenant_id: int, aantal: int) -> None:
    """The worker removed drafts that were too old."""
    audit.record(
        "concepten_opgeruimd",
        tenant_id=tenant_id,
        actor_id=None,
        rol="job",
        onderwerp="concept",
        ids=[],
        grond="bewaartermijn",
        extra={"aantal": aantal},
    )


def dubbel_getoond(wie: Wie, tenant_id: int, kwesties: Iterable[Kwestie]) -> None:
    """While registering, these kwesties of her own were shown as perhaps the same."""
    audit.record(
        "dubbel_getoond",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[kwestie.pk for kwestie in kwesties],
        grond="toegewezen",
    )


def kwestie_afgedrukt(wie: Wie, kwestie: Kwestie) -> None:
    """The content of a kwestie was shown to be printed."""
    _about("kwestie_afgedrukt", wie, kwestie, _ground(wie, kwestie))


def _about_clients(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    ids: Iterable[UUID],
    **extra: str | int | None,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="client",
        ids=ids,
        grond="toegewezen",
        extra=extra,
    )


def privacy_vastgelegd(wie: Wie, informatie: PrivacyInformatie) -> None:
    """A client was told how we handle what we know, or not yet (S22)."""
    _about_clients(
        "privacy_vastgelegd",
        wie,
        informatie.tenant_id,
        [informatie.client_id],
        versie=informatie.versie,
        wijze=informatie.wijze,
        reden=informatie.reden,
    )


def naam_gegeven(wie: Wie, kwestie: Kwestie) -> None:
    """A client who was anonymous gave a name."""
    _about("naam_gegeven", wie, kwestie, identiteitsstatus=kwestie.identiteitsstatus)


def client_gewijzigd(wie: Wie, kwestie: Kwestie, client: Client) -> None:
    """Name, address or year of birth of a client were put right."""
    _about("client_gewijzigd", wie, kwestie, client=str(client.pk))


def identiteit_gewijzigd(wie: Wie, kwestie: Kwestie, client: Client, was: str) -> None:
    """The client's wish about who may know the name changed."""
    _about("identiteit_gewijzigd", wie, kwestie, van=was, naar=client.identiteitsstatus)


def anoniem_gemaakt(
    wie: Wie, kwestie: Kwestie, client: Client, *, is_alles: bool
) -> None:
    """Who the client is was taken away; ``is_alles``: of all its kwesties."""
    _about(
        "anoniem_gemaakt",
        wie,
        kwestie,
        client=str(client.pk) if is_alles else None,
        alles=int(is_alles),
    )


def clienten_samengevoegd(wie: Wie, samenvoeging: Samenvoeging) -> None:
    _merge("clienten_samengevoegd", wie, samenvoeging)


def samenvoeging_ongedaan(wie: Wie, samenvoeging: Samenvoeging) -> None:
    _merge("samenvoeging_ongedaan", wie, samenvoeging)


def _merge(gebeurtenis: str, wie: Wie, samenvoeging: Samenvoeging) -> None:
    _about_clients(
        gebeurtenis,
        wie,
        samenvoeging.tenant_id,
        [samenvoeging.blijft_id, samenvoeging.vervalt_id],
        kwesties=len(samenvoeging.kwestie_ids),
    )


def kwestie_doorgeleid(wie: Wie, kwestie: Kwestie, naar: int) -> None:
    """It went to the tenant ``naar``."""
    _about("kwestie_doorgeleid", wie, kwestie, naar=naar)


def kwestie_ontvangen(wie: Wie, kwestie: Kwestie) -> None:
    """A kwestie came from another tenant; of which is not said here."""
    _about("kwestie_ontvangen", wie, kwestie, "doorgeleid")


def kwestie_gecorrigeerd(
    wie: Wie, kwestie: Kwestie, correcties: Iterable[Correctie]
) -> None:
    """Codes of a closed kwestie were put right: what they were."""
    _about(
        "kwestie_gecorrigeerd",
        wie,
        kwestie,
        **{one.veld: f"{one.was}>{one.werd}" for one in correcties},
    )


def gezocht(wie: Wie, groepen: Iterable[Groep]) -> None:
    """A search: what kinds of hits, and which kwesties; never what was typed."""
    found = list(groepen)
    regels = [treffer.regel for groep in found for treffer in groep.treffers]
    ids = dict.fromkeys(regel.id for regel in regels if regel.id is not None)
    tenants = {regel.plek.id for regel in regels}
    audit.record(
        "gezocht",
        tenant_id=tenants.pop() if len(tenants) == 1 else None,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=ids,
        extra={
            "soorten": ",".join(groep.soort for groep in found),
            "aantal": len(ids),
        },
    )


def toestemming_gegeven(wie: Wie, kwestie: Kwestie, toestemming: Toestemming) -> None:
    """The client allows a talk; with what kind of partner, not with whom."""
    _about(
        "toestemming_gegeven",
        wie,
        kwestie,
        toestemming=str(toestemming.pk),
        ontvanger=toestemming.ontvanger_soort,
    )


def toestemming_ingetrokken(
    wie: Wie, kwestie: Kwestie, toestemming: Toestemming
) -> None:
    _about("toestemming_ingetrokken", wie, kwestie, toestemming=str(toestemming.pk))


def stap_gepland(wie: Wie, kwestie: Kwestie, stap: Stap) -> None:
    _about("stap_gepland", wie, kwestie, stap=str(stap.pk))


def stap_gezet(wie: Wie, kwestie: Kwestie, stap: Stap, naar: str) -> None:
    """``naar``: besproken, akkoord, uitgevoerd or vervallen."""
    _about("stap_gezet", wie, kwestie, stap=str(stap.pk), naar=naar)


def route_bewust_gekozen(wie: Wie, kwestie: Kwestie, regel: str) -> None:
    """She was warned by the rule ``regel`` and said that it is the right route."""
    _about("route_bewust_gekozen", wie, kwestie, regel=regel)


def oordeel_vastgelegd(wie: Wie, kwestie: Kwestie, traject: ExternTraject) -> None:
    """What another body decided is on record; the code of it, no text."""
    _about(
        "oordeel_vastgelegd",
        wie,
        kwestie,
        traject=str(traject.pk),
        oordeel=traject.oordeel,
    )


def belangencheck_gedaan(wie: Wie, kwestie: Kwestie, check: Belangencheck) -> None:
    _about(
        "belangencheck_gedaan",
        wie,
        kwestie,
        medewerker=str(check.medewerker_id),
        bij=check.bij,
        uitkomst=check.uitkomst,
    )


def belang_in_de_weg(wie: Wie, kwestie: Kwestie, medewerker_id: UUID) -> None:
    """A kwestie was not given to somebody, because of her interests."""
    _about("belang_in_de_weg", wie, kwestie, medewerker=str(medewerker_id))


def belang_gemeld(wie: Wie, belang: Nevenbelang) -> None:
    _of_belangen("belang_gemeld", wie, belang.tenant_id, [belang], "eigen")


def belang_beeindigd(wie: Wie, belang: Nevenbelang) -> None:
    _of_belangen("belang_beeindigd", wie, belang.tenant_id, [belang], "eigen")


def nevenbelangen_getoond(
    wie: Wie, tenant_id: int, belangen: Iterable[Nevenbelang], *, is_team: bool
) -> None:
    """Interests were shown: one's own, or those of the team."""
    grond = "team" if is_team else "eigen"
    _of_belangen("nevenbelangen_getoond", wie, tenant_id, belangen, grond)


def _of_belangen(
    gebeurtenis: str,
    wie: Wie,
    tenant_id: int,
    belangen: Iterable[Nevenbelang],
    grond: str,
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="nevenbelang",
        ids=[belang.pk for belang in belangen],
        grond=grond,
    )


def ambtshalve_ingezien(wie: Wie, actie: AmbtshalveActie) -> None:
    """The colleague who reviews it looked at what was written down."""
    _ambtshalve("ambtshalve_ingezien", wie, actie)


def ambtshalve_voorgesteld(wie: Wie, actie: AmbtshalveActie) -> None:
    _ambtshalve("ambtshalve_voorgesteld", wie, actie)


def ambtshalve_getoetst(wie: Wie, actie: AmbtshalveActie) -> None:
    _ambtshalve("ambtshalve_getoetst", wie, actie)


def ambtshalve_uitgevoerd(wie: Wie, actie: AmbtshalveActie) -> None:
    _ambtshalve("ambtshalve_uitgevoerd", wie, actie)


def _ambtshalve(gebeurtenis: str, wie: Wie, actie: AmbtshalveActie) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=actie.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=[actie.kwestie_id],
        grond="ambtshalve",
        extra={"actie": str(actie.pk), "akkoord": str(actie.is_akkoord)},
    )


def kwestie_overgedragen(
    wie: Wie, kwestie: Kwestie, overdracht: Overdracht, grond: str = ""
) -> None:
    """Both people are kept: whose it was and whose it is ('' is the queue)."""
    _about(
        "kwestie_overgedragen",
        wie,
        kwestie,
        grond,
        van=str(overdracht.van_id or ""),
        naar=str(overdracht.naar_id or ""),
        reden=overdracht.reden,
    )


def kwestie_gedeeld(wie: Wie, kwestie: Kwestie, deling: CaseGrant) -> None:
    _about(
        "kwestie_gedeeld",
        wie,
        kwestie,
        met=str(deling.medewerker_id),
        niveau=deling.niveau,
        reden=deling.reden,
        tot=f"{deling.tot}",
    )


def delen_gestopt(wie: Wie, kwestie: Kwestie, deling: CaseGrant) -> None:
    _about("kwestie_delen_gestopt", wie, kwestie, met=str(deling.medewerker_id))


def _about_vervanging(
    gebeurtenis: str, wie: Wie, vervanging: Plaatsvervanging, **extra: str
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=vervanging.tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="plaatsvervanging",
        ids=[vervanging.pk],
        grond="team",
        extra={
            "afwezige": str(vervanging.afwezige_id),
            "vervanger": str(vervanging.vervanger_id),
            **extra,
        },
    )


def plaatsvervanging_gemaakt(wie: Wie, vervanging: Plaatsvervanging) -> None:
    _about_vervanging(
        "plaatsvervanging_gemaakt",
        wie,
        vervanging,
        van=f"{vervanging.van}",
        tot=f"{vervanging.tot}",
    )


def plaatsvervanging_beeindigd(wie: Wie, vervanging: Plaatsvervanging) -> None:
    _about_vervanging("plaatsvervanging_beeindigd", wie, vervanging)


def medewerker_ontheven(
    wie: Wie, tenant_id: int, medewerker_id: UUID, *, reden: str, kwesties: int
) -> None:
    """Her roles here ended; ``kwesties``: how many went to somebody else."""
    audit.record(
        "medewerker_ontheven",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="medewerker",
        ids=[medewerker_id],
        grond="beheer",
        extra={"reden": reden, "kwesties": kwesties},
    )


def agendapunt_gemaakt(wie: Wie, kwestie: Kwestie, punt: Agendapunt) -> None:
    _agenda("agendapunt_gemaakt", wie, kwestie, punt)


def agendapunt_verzet(wie: Wie, kwestie: Kwestie, punt: Agendapunt, was: date) -> None:
    _agenda("agendapunt_verzet", wie, kwestie, punt, was=f"{was}")


def agendapunt_gedaan(wie: Wie, kwestie: Kwestie, punt: Agendapunt) -> None:
    _agenda("agendapunt_gedaan", wie, kwestie, punt)


def _agenda(
    gebeurtenis: str, wie: Wie, kwestie: Kwestie, punt: Agendapunt, **extra: str
) -> None:
    about = {"punt": str(punt.pk), "soort": punt.soort, "dag": f"{punt.dag}"}
    _about(gebeurtenis, wie, kwestie, **about, **extra)


def stap_verzet(wie: Wie, kwestie: Kwestie, stap: Stap) -> None:
    _about("stap_verzet", wie, kwestie, stap=str(stap.pk), dag=f"{stap.gepland_op}")


def dagstaat_bewaard(wie: Wie, tenant_id: int, telefoontjes: int) -> None:
    """Her own tally of a day's calls."""
    audit.record(
        "dagstaat_bewaard",
        tenant_id=tenant_id,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="dagstaat",
        ids=[],
        grond="eigen",
        extra={"telefoontjes": telefoontjes},
    )


def dag_getoond(
    wie: Wie, tenants: Iterable[int], eigen: Iterable[UUID], namens: Iterable[UUID]
) -> None:
    """Somebody's page *Mijn dag*; a second event for what she sees as substitute."""
    here = sorted(set(tenants))
    _desk("dag_getoond", wie, here, eigen)
    others = list(dict.fromkeys(namens))
    if others:
        _desk("dag_getoond", wie, here, others, Grond.PLAATSVERVANGING)


def team_getoond(
    wie: Wie, tenants: Iterable[int], ids: Iterable[UUID], afgeschermd: Iterable[UUID]
) -> None:
    """The desk of the teamleider; a second event for what shows its number only."""
    here = sorted(set(tenants))
    _desk("team_getoond", wie, here, ids, Grond.TEAM)
    hidden = list(dict.fromkeys(afgeschermd))
    if hidden:
        _desk("team_getoond", wie, here, hidden, Grond.AFGESCHERMD)


def afgeschermd_getoond(wie: Wie, kwestie: Kwestie) -> None:
    """Number and supporter of a kwestie she cannot read, to hand it over."""
    _about("afgeschermd_getoond", wie, kwestie)


def _desk(
    gebeurtenis: str,
    wie: Wie,
    tenants: list[int],
    ids: Iterable[UUID],
    grond: str = "",
) -> None:
    audit.record(
        gebeurtenis,
        tenant_id=tenants[0] if len(tenants) == 1 else None,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="kwestie",
        ids=dict.fromkeys(ids),
        grond=grond,
        extra={"tenants": ",".join(map(str, tenants))},
    )


def cijfers_getoond(wie: Wie, tenants: Iterable[int], wat: str, jaar: int) -> None:
    """The counts of a year for the directie; ``wat``: uitzonderingen or uren."""
    here = sorted(set(tenants))
    audit.record(
        "cijfers_getoond",
        tenant_id=here[0] if len(here) == 1 else None,
        actor_id=wie.user_id,
        rol=_rol(wie),
        onderwerp="cijfers",
        ids=[],
        grond="directie",
        extra={"tenants": ",".join(map(str, here)), "wat": wat, "jaar": jaar},
    )


def laag_gewijzigd(wie: Wie, kwestie: Kwestie, was: int, reden: str) -> None:
    """The kwestie goes to another layer of support (S140), and why: a code."""
    _about("laag_gewijzigd", wie, kwestie, van=was, naar=kwestie.laag, reden=reden)
