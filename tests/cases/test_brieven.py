"""Letters: in the client's words, agreed with the client, and no name where none may be."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import docx
import odfdo
import pytest
from django.utils import timezone
from pypdf import PdfReader

from cases.brieven import BLOKKEN, Document, Invulling, OnbekendVeld, compose, fill
from cases.brieven.document import CITAAT, KOP, TEKST, Blok
from cases.brieven.sjablonen import SJABLONEN, Invoer
from cases.brieven.velden import NAMEN, PLEK, VAN_CLIENT, identity_in
from cases.models import Brief, Kwestie
from cases.services import Identiteit, KwestieError
from cases.services.brieven import document_of
from tenants.access import Refused
from tenants.models import Medewerker
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, seed
from tests.cases.brieven import (
    WENS,
    WOORDEN,
    agreed,
    allow,
    files,
    finish,
    letter,
    read_docx,
    read_odt,
    write,
)

pytestmark = pytest.mark.django_db
READ = {"docx": read_docx, "odt": read_odt}
DELEN = ("Truus", "Kleef", "Zandbergen", "12345678", "truus@", "Dorpsstraat")
WIE = {
    "naam": avg.NAAM,
    "telefoon": "06-12345678",
    "email": "truus@voorbeeld.example",
    "adres": "Dorpsstraat 12, 6811 AB Arnhem",
}


def client(status: str = "BEKEND", **over: Any) -> Kwestie:
    """A kwestie of a client of whom everything is on record."""
    made = seed.register(identiteitsstatus=status, naam=WIE["naam"], **over)
    known(made, status)
    return made


def known(kwestie: Kwestie, status: str) -> None:
    seed.act("change_client", kwestie, identiteit=Identiteit(status=status, **WIE))


def final() -> Brief:
    kwestie = client()
    return finish(kwestie, write(kwestie))


def refused(kwestie: Kwestie, **over: Any) -> KwestieError:
    with pytest.raises(KwestieError) as error:
        write(kwestie, **over)
    return error.value


def everything_in(inhoud: bytes) -> str:
    """Each part of the package as text: properties, styles and all."""
    with zipfile.ZipFile(io.BytesIO(inhoud)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels", ".rdf"))]
        return "\n".join(archive.read(name).decode() for name in names)


# ---------------------------------------------------------------------- S20 and V8


@pytest.mark.parametrize(
    ("soort", "aan_soort"),
    [
        *(("BRIEF", "HULPVERLENER"), ("KLACHT", "HULPVERLENER")),
        *(("BEZWAAR", "GEMEENTE"), ("MACHTIGING", "ANDER")),
    ],
)
def test_s020_a_letter_for_who_is_anonymous_to_care_leaves_all_client_fields_out(
    soort: str, aan_soort: str
) -> None:
    kwestie = client("ANON_ZORG")
    talk = "GEMEENTE" if aan_soort == "ANDER" else aan_soort
    given = allow(kwestie, ontvanger_soort=talk)
    brief = write(kwestie, soort=soort, aan_soort=aan_soort, toestemming_id=given)
    done = finish(kwestie, brief)
    assert done.is_met_client is False
    for vorm, inhoud in files(done).items():
        whole = everything_in(inhoud) + READ[vorm](inhoud)
        assert WOORDEN in READ[vorm](inhoud)
        assert [part for part in DELEN if part in whole] == [], vorm


def test_s020_the_letter_comes_with_a_warning() -> None:
    kwestie = client("ANON_ZORG")
    brief = write(kwestie)
    anna = people.browser("anna")
    page = anna.get(f"/t/arnhem/kwesties/{kwestie.pk}/brief/{brief.pk}/")
    assert "wil niet met naam bekend zijn" in page.text
    preview = anna.post(
        f"/t/arnhem/kwesties/{kwestie.pk}/brief/voorbeeld/",
        {"soort": "BEZWAAR", "aan_soort": "GEMEENTE", "woorden": WOORDEN},
    )
    assert "wil niet met naam bekend zijn" in preview.text
    assert "Awb 6:5" in preview.text
    assert "Truus" not in preview.text


def test_v8_the_template_engine_refuses_client_places_in_external_documents() -> None:
    kwestie = client("ANON_ZORG")
    for veld in VAN_CLIENT:
        error = refused(kwestie, tekst=f"U kunt bellen: {{{veld}}}.")
        assert f"{{{veld}}}" in error.tekst
    write(kwestie, aan_soort="CLIENT", tekst="Dag {naam}.")  # to the client herself


@pytest.mark.parametrize(
    "tekst",
    [
        "Mevrouw Kleef belt u.",
        "TRUUS wacht.",
        "Bel 0612345678.",
        "Mail naar Truus@voorbeeld.example",
        "Zij woont op Dorpsstraat 12.",
        "Postcode 6811 ab.",
    ],
)
def test_v8_what_was_typed_is_looked_at_too(tekst: str) -> None:
    kwestie = client("ANON_ZORG")
    assert "Haal dit weg" in refused(kwestie, tekst=tekst).tekst
    write(client(), tekst=tekst)  # of a client on record by name it may be there


def test_v8_an_anonymous_client_has_no_place_to_fill_in() -> None:
    kwestie = seed.register()
    assert "{naam}" in refused(kwestie, tekst="Dag {naam}").tekst
    done = finish(kwestie, write(kwestie))
    assert "niet met naam bekend" in read_docx(files(done)["docx"])


def test_v8_after_the_client_became_anonymous_the_letter_goes_out_no_more() -> None:
    kwestie = client()
    done = finish(kwestie, write(kwestie))
    assert done.is_met_client is True
    anna = people.browser("anna")
    here = f"/t/arnhem/kwesties/{kwestie.pk}/brief/{done.pk}/"
    assert anna.get(f"{here}bestand/docx/").status_code == 200
    known(kwestie, "ANON_ZORG")
    assert anna.get(f"{here}bestand/docx/").status_code == 404
    assert "kun je hem niet meer ophalen" in anna.get(here).text


# ------------------------------------------------------------------- the engine itself


def test_s005_a_letter_is_signed_with_the_title_of_the_functievariant() -> None:
    kwestie = client()
    titles = {
        "VPJ": "vertrouwenspersoon jeugd",
        "OVP": "onafhankelijk vertrouwenspersoon",
    }
    titles["OVERIG"] = "onafhankelijk cliëntondersteuner"
    for functie, titel in titles.items():
        with acting_as(people.wie("dewi").scope(1)):
            Medewerker.objects.filter(pk=people.ident("anna")).update(
                functie=functie,
                functie_sinds=date(2026, 1, 1),
                vog_op=date(2025, 12, 1),
            )
        with acting_as(people.wie("anna").scope(1)):
            made = document_of(seed.seen(kwestie), letter(soort="BRIEF"))
        assert f"Anna\n{titel}, " in made.as_text()


def test_a_template_is_no_program() -> None:
    values = Invulling({"naam": "{adres}", "adres": "geheim"}, is_verborgen=False)
    assert fill("Dag {naam}.", values) == "Dag {adres}."
    for text in ("{naam.__class__}", "{onbekend}"):
        with pytest.raises(OnbekendVeld):
            fill(text, values)
    assert fill("{% x %} {{ 7 * 7 }} {0} { }", values) == "{% x %} {{ 7 * 7 }} {0} { }"


def test_every_template_and_block_of_the_product_has_known_places_only() -> None:
    texts = [b.tekst for b in BLOKKEN]
    for sjabloon in SJABLONEN.values():
        texts += [str(sjabloon), *map(str, sjabloon["delen"])]
    found = {m[1] for text in texts for m in PLEK.finditer(text)}
    assert found <= NAMEN
    assert not any(f"{{{veld}}}" in b.tekst for b in BLOKKEN for veld in VAN_CLIENT)


def test_a_word_that_is_a_name_counts_with_a_capital() -> None:
    assert identity_in("Ik wil een brief.", "Wil de Boer") == ()
    assert identity_in("Belt u Wil.", "Wil de Boer") == ("wil",)
    assert identity_in("Straat in Arnhem", "T. Kok", "Dorpsstraat 1, Arnhem") == ()


def test_a_letter_is_read_back_as_it_was_kept() -> None:
    blocks = (
        Blok(KOP, "Kop"),
        Blok(CITAAT, "een\ntwee"),
        Blok(TEKST, "Dag,\n\n\nAnna"),
    )
    document = Document("Brief", "Over iets", blocks)
    assert Document.from_text(document.as_text()) == document


# --------------------------------------------------- no letter without the client (S23)


def test_s023_a_letter_is_a_concept_until_the_client_agreed() -> None:
    kwestie = client()
    brief = write(kwestie)
    anna, here = (
        people.browser("anna"),
        f"/t/arnhem/kwesties/{kwestie.pk}/brief/{brief.pk}/",
    )
    assert anna.get(f"{here}bestand/pdf/").status_code == 404
    today = timezone.localdate()
    for veld, over in {
        "akkoord_op": {"akkoord_op": today + timedelta(days=1)},
        "gegeven_door": {"door": "BUUR"},
        "wijze": {"wijze": ""},
    }.items():
        with pytest.raises(KwestieError) as error:
            seed.act(
                *("finish_brief", kwestie),
                brief_id=brief.pk, versie=1, akkoord=agreed(**over),
            )  # fmt: skip
        assert error.value.veld == veld
    before = {"besproken_op": today, "akkoord_op": today - timedelta(days=1)}
    with pytest.raises(KwestieError):
        finish(kwestie, brief, **before)


def test_s023_what_was_changed_after_the_client_agreed_is_not_agreed() -> None:
    kwestie = client()
    brief = write(kwestie)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(KwestieError) as error:
        finish(kwestie, brief, besproken_op=yesterday, akkoord_op=yesterday)
    assert "nog veranderd" in error.value.tekst


def test_a_final_letter_is_not_changed() -> None:
    kwestie = client()
    brief = finish(kwestie, write(kwestie))
    with pytest.raises(KwestieError):
        seed.act(
            *("save_brief", kwestie),
            gegevens=letter(), brief_id=brief.pk, versie=brief.versie,
        )  # fmt: skip


def test_who_saves_on_an_older_version_is_told() -> None:
    kwestie = client()
    brief = write(kwestie)
    again = {"gegevens": letter(tekst="Erbij."), "brief_id": brief.pk, "versie": 1}
    assert seed.act("save_brief", kwestie, **again).versie == 2
    with pytest.raises(KwestieError):
        seed.act("save_brief", kwestie, **again)


# --------------------------------------------------------------- with consent only (V5)


@pytest.mark.parametrize("aan_soort", ["GEMEENTE", "HULPVERLENER"])
def test_s012_a_letter_to_them_needs_a_consent_that_holds(aan_soort: str) -> None:
    kwestie = client()
    with pytest.raises(KwestieError) as error:
        finish(kwestie, write(kwestie, aan_soort=aan_soort))
    assert "toestemming van de cliënt" in error.value.tekst
    other = {"GEMEENTE": "HULPVERLENER", "HULPVERLENER": "GEMEENTE"}[aan_soort]
    wrong = allow(kwestie, ontvanger_soort=other)
    with pytest.raises(KwestieError):
        finish(kwestie, write(kwestie, aan_soort=aan_soort, toestemming_id=wrong))
    given = allow(kwestie, ontvanger_soort=aan_soort)
    brief = write(kwestie, aan_soort=aan_soort, toestemming_id=given)
    seed.act("revoke_toestemming", kwestie, toestemming_id=given)
    with pytest.raises(KwestieError) as error:
        finish(kwestie, brief)
    assert "ingetrokken" in error.value.tekst


def test_a_machtiging_says_what_the_client_allowed() -> None:
    kwestie = client()
    assert refused(kwestie, soort="MACHTIGING").veld == "toestemming"
    given = allow(kwestie, ontvanger_naam="Wijkteam Presikhaaf")
    brief = write(kwestie, soort="MACHTIGING", aan_soort="CLIENT", toestemming_id=given)
    text = read_odt(files(finish(kwestie, brief))["odt"])
    for said in (
        avg.NAAM,
        "Wijkteam Presikhaaf",
        "keukentafelgesprek",
        "tot intrekking",
    ):
        assert said in text


# ------------------------------------------------------------------------- the files


def test_the_files_open_again_in_the_words_of_the_client() -> None:
    kwestie = client()
    done = finish(kwestie, write(kwestie))
    anna, here = (
        people.browser("anna"),
        f"/t/arnhem/kwesties/{kwestie.pk}/brief/{done.pk}/",
    )
    got = {v: anna.get(f"{here}bestand/{v}/") for v in ("docx", "odt", "pdf")}
    for vorm, answer in got.items():
        assert answer.headers["Content-Type"] == "application/octet-stream"
        disposition = answer.headers["Content-Disposition"]
        assert disposition == f'attachment; filename="klacht-{kwestie.nummer}.{vorm}"'
    pdf = PdfReader(io.BytesIO(got["pdf"].content))
    printed = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    for text in (read_docx(got["docx"].content), read_odt(got["odt"].content), printed):
        assert WOORDEN in text
        assert WENS in text
        assert avg.NAAM in text
    about = " ".join(map(str, (pdf.metadata or {}).values()))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Klacht"
    assert pdf.trailer["/Root"]["/Lang"] == "nl"
    assert not any(name in about for name in ("Truus", "Anna"))


def test_a_word_letter_has_headings_a_language_and_no_maker() -> None:
    made = files(final())["docx"]
    document = docx.Document(io.BytesIO(made))
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert styles.count("Heading 1") == 1
    assert styles.count("Heading 2") == 2
    about = document.core_properties
    assert (about.title, about.language) == ("Klacht", "nl-NL")
    assert (about.author, about.last_modified_by, about.comments) == ("", "", "")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b'w:val="nl-NL"' in archive.read("word/styles.xml")


def test_an_opendocument_letter_has_headings_a_language_and_no_maker() -> None:
    made = files(final())["odt"]
    document = odfdo.Document(io.BytesIO(made))
    levels = [h.get_attribute("text:outline-level") for h in document.body.headers]
    assert [str(level) for level in levels] == ["1", "2", "2"]
    assert (document.meta.title, document.meta.language) == ("Klacht", "nl-NL")
    assert (document.meta.creator or "", document.meta.initial_creator or "") == (
        "",
        "",
    )
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b'fo:language="nl"' in archive.read("styles.xml")
        assert b"Truus" not in archive.read("meta.xml")


def test_a_machtiging_and_a_bezwaar_have_their_own_words() -> None:
    about = Invulling({"naam": "T. de Vries"}, is_verborgen=False)
    text = compose(
        Invoer("BEZWAAR", "Bezwaar", woorden="Het klopt niet."), about
    ).as_text()
    assert "maak ik bezwaar tegen uw besluit" in text


# ------------------------------------------------------------------------- the pages


def test_a_letter_starts_with_what_the_client_said_and_takes_a_text_block() -> None:
    kwestie = client(soort="KLACHT")
    now = seed.seen(kwestie, "anna")
    seed.act(
        "update_kwestie", kwestie, versie=now.versie,
        wijzigingen={"kernvraag": WOORDEN, "gewenste_oplossing": WENS},
    )  # fmt: skip
    anna, here = people.browser("anna"), f"/t/arnhem/kwesties/{kwestie.pk}/brief/"
    page = anna.get(here)
    form = page.context["form"]
    assert (form["woorden"].value(), form["wens"].value()) == (WOORDEN, WENS)
    posted = {
        "soort": "KLACHT", "aan_soort": "ANDER", "aan": "Commissie", "onderwerp": "",
        "woorden": WOORDEN, "tekst": "Eerst dit.", "wens": WENS, "toestemming": "",
        "sleutel": str(form["sleutel"].value()), "blok": "KLACHT:gesprek",
    }  # fmt: skip
    again = anna.post(here, {**posted, "actie": "invoegen"})
    text = again.context["form"]["tekst"].value()
    assert text.startswith("Eerst dit.\n\nWij vragen u om eerst een gesprek.")
    with acting_as(people.wie("anna").scope(1)):
        assert not Brief.objects.filter(tenant_id=1, kwestie=kwestie).exists()
    saved = anna.post(here, {**posted, "tekst": text, "blok": ""})
    assert saved.status_code == 302
    shown = anna.get(saved.headers["Location"])
    assert "eerst een gesprek" in shown.text
    edited = anna.get(saved.headers["Location"] + "bewerken/")
    assert edited.context["form"]["onderwerp"].value() == "Klacht"


@pytest.mark.parametrize("naam", ["bram", "chantal", "hanna"])
def test_only_who_has_the_kwestie_writes_its_letters(naam: str) -> None:
    with pytest.raises(Refused):
        seed.act("save_brief", seed.register(), naam, gegevens=letter())
