"""The way of a report, from the first kwestie to the public page, by clicking only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from playwright.sync_api import Locator, expect

from tests.journeys.browsing import Visitor
from tests.journeys.register import Kwartaal

BEVINDINGEN = """Cliënten wachten lang op een besluit en weten niet waar zij aan toe zijn.

- Brieven zijn moeilijk te lezen.
- Wie belt, krijgt elke keer iemand anders."""
BIJ_AARD = "Over de organisatie ging het vaker dan over de rest."
ONJUIST = "Het loket heet sinds dit jaar anders."
MOTIVERING = "In deze periode gold de oude naam nog."
REDEN = "Er stond een verkeerd aantal in."
AANBEVELINGEN = "Geef elke inwoner één vast aanspreekpunt."
VERSLAG = "Wij bespraken de wachttijden en de brieven."
REACTIE = "Wij herkennen het beeld en passen onze brieven aan."


@dataclass(frozen=True, slots=True)
class Rollen:
    """Who does what on the way, for which tenant."""

    slug: str
    tenant: str
    maker: str
    toetser: str
    contact: str
    directie: str


ARNHEM = Rollen("arnhem", "Gemeente Arnhem", "chantal", "els", "gerard", "fatma")
WULPENHORST = Rollen(
    "wulpenhorst", "Zorggroep Wulpenhorst", "teun", "els", "ivo", "fatma"
)


@dataclass(slots=True)
class Weg:
    """One report on its way. ``come`` lets somebody in, once each."""

    rollen: Rollen
    kwartaal: Kwartaal
    come: Callable[[str | None], Visitor]
    here: dict[str, Visitor] = field(default_factory=dict)
    path: str = ""

    def as_(self, naam: str) -> Visitor:
        """This person; '' is somebody passing by."""
        if naam not in self.here:
            self.here[naam] = self.come(naam or None)
            if not naam:
                self.here[naam].visit("/openbaar/")
        return self.here[naam]

    @property
    def maker(self) -> Visitor:
        return self.as_(self.rollen.maker)

    @property
    def toetser(self) -> Visitor:
        return self.as_(self.rollen.toetser)

    @property
    def contact(self) -> Visitor:
        return self.as_(self.rollen.contact)

    @property
    def directie(self) -> Visitor:
        return self.as_(self.rollen.directie)

    def open(self, visitor: Visitor) -> Visitor:
        """Come to the report through the menu and the list."""
        visitor.menu("Rapportages")
        row = visitor.page.get_by_role("row").filter(has_text=self.rollen.tenant)
        link = row.get_by_role("link", name=self.kwartaal.label, exact=True)
        visitor.go(link)
        return visitor

    def in_catalogue(self, visitor: Visitor) -> Locator:
        """The link to this report in the public catalogue."""
        rows = visitor.page.get_by_role("row").filter(has_text=self.kwartaal.label)
        return rows.get_by_role("link", name=self.rollen.tenant, exact=True)

    def steps(self) -> Iterator[str]:
        """Take the whole way; yields the status on the page after each step."""
        for step in (
            self.make,
            self.submit,
            self.sign,
            self.offer,
            self.react,
            self.open_discussion,
            self.record_discussion,
            self.establish,
            self.publish,
        ):
            step()
            yield status_of(self.maker)

    # ------------------------------------------------------------------ the steps

    def make(self) -> None:
        maker = self.maker
        maker.menu("Rapportages")
        maker.follow(self.rollen.tenant)
        maker.choose(
            "Over welke periode?", f"{self.kwartaal.label} ({self.kwartaal.code})"
        )
        maker.press("Rapportage maken")
        self.path = maker.path
        maker.wait_until_made()

    def write(self) -> None:
        maker = self.maker
        maker.follow("Tekst schrijven")
        maker.fill("Bevindingen", BEVINDINGEN)
        maker.fill("Aanbevelingen", AANBEVELINGEN)
        maker.unfold("Aard van de kwesties")
        maker.fill("Aard van de kwesties: wat viel op?", BIJ_AARD)
        maker.press("Voorbeeld bekijken")
        preview = maker.page.get_by_role("article")
        expect(preview.get_by_text(BIJ_AARD)).to_be_visible()
        maker.pick("Wie leest mee?", "Zo ziet iedereen dit")
        maker.press("Voorbeeld bekijken")
        expect(preview).to_contain_text("Aantal kwesties")
        expect(preview).not_to_contain_text(BIJ_AARD)
        maker.press("Tekst opslaan")
        maker.wait_until_made()

    def submit(self) -> None:
        self.maker.press("Ter controle aanbieden")

    def sign(self) -> None:
        toetser = self.open(self.toetser)
        toetser.follow("Herleidbaarheidstoets tekenen")
        for version in ("Zo ziet de opdrachtgever dit", "Zo ziet iedereen dit"):
            toetser.follow(version)
            expect(toetser.page.get_by_role("heading", level=1)).to_have_text(version)
            toetser.back()
        toetser.tick(
            "In de teksten staat niets dat naar een persoon of los geval wijst."
        )
        toetser.tick(
            "Ik heb beide versies gezien. Kleine aantallen zijn er niet in te zien."
        )
        toetser.press("Toets tekenen")
        self.open(self.maker)

    def offer(self) -> None:
        self.maker.press("Aanbieden aan de opdrachtgever")
        self.maker.wait_until_made()

    def react(self) -> None:
        contact = self.open(self.contact)
        self.point_out(contact)
        contact.follow("Reageren")
        contact.fill("Uw reactie", REACTIE)
        contact.fill("Uw functie", "beleidsadviseur Wmo")
        contact.tick("Wij vinden het goed dat het rapport deels openbaar wordt.")
        contact.press("Reactie versturen")
        self.decide()
        self.open(self.maker)

    def point_out(self, contact: Visitor) -> None:
        contact.follow("Iets klopt feitelijk niet")
        contact.choose("In welk onderdeel staat het?", "Aard van de kwesties")
        contact.fill("Wat klopt er niet, en hoe is het wel?", ONJUIST)
        contact.fill("Uw functie", "beleidsadviseur Wmo")
        contact.press("Doorgeven")

    def decide(self) -> None:
        maker = self.open(self.maker)
        maker.page.get_by_role("link", name="Besluiten").click()
        maker.pick(
            "Klopt het wat de opdrachtgever schrijft?",
            "Klopt niet: het blijft zo staan",
        )
        maker.fill("Waarom?", MOTIVERING)
        maker.press("Besluit vastleggen")

    def open_discussion(self) -> None:
        self.maker.press("Bespreking beginnen")

    def record_discussion(self) -> None:
        maker = self.maker
        maker.follow("Bespreking vastleggen")
        maker.fill("Wanneer was de bespreking?", "vandaag")
        maker.fill(
            "Wie waren erbij namens de opdrachtgever?",
            "wethouder Zorg\nbeleidsadviseur Wmo",
        )
        maker.fill("Kort verslag", VERSLAG)
        maker.press("Bespreking vastleggen")

    def establish(self) -> None:
        directie = self.open(self.directie)
        directie.press("Vaststellen")
        directie.wait_until_made()
        self.open(self.maker)

    def publish(self) -> None:
        directie = self.open(self.directie)
        directie.press("Deels openbaar maken")
        self.open(self.maker)

    def withdraw(self) -> None:
        directie = self.open(self.directie)
        directie.follow("Intrekken")
        directie.fill("Waarom?", REDEN)
        directie.press("Rapportage intrekken")


def status_of(visitor: Visitor) -> str:
    """What the badge beside the title says."""
    badge = visitor.page.locator(".app-title .utrecht-status-badge")
    return badge.inner_text()


def register_by_keyboard(visitor: Visitor, kwestie: dict[str, str]) -> None:
    """Register a kwestie without touching the mouse; the words are those on screen."""
    menu = visitor.page.get_by_role("navigation", name="Hoofdmenu")
    visitor.tab_to(menu.get_by_role("link", name="Registreren", exact=True))
    visitor.key("Enter")
    visitor.type_in("Datum van het eerste contact", kwestie["datum"])
    visitor.key_choice("Hoe ging het contact?", kwestie["kanaal"])
    visitor.key_choice("Wie nam contact op?", kwestie["rol"])
    visitor.key_pick("Wat voor kwestie is het?", kwestie["soort"])
    visitor.key_pick("Wat is de aard?", kwestie["aard"])
    visitor.key_choice("Welke wet?", kwestie["wet"])
    visitor.key_pick("Wie is de cliënt?", kwestie["identiteit"])
    if kwestie.get("naam"):
        visitor.type_in("Naam", kwestie["naam"])
    visitor.tab_to(visitor.button("Kwestie opslaan"))
    visitor.key("Enter")
