"""Files with a kwestie: made safe, sealed, given back as a download, erased."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.models import Bijlage, BijlageStuk, Kwestie
from cases.selectors.brieven import inhoud_of
from cases.services import KwestieError, bijlagen
from cases.services.wissen import erase_kwesties
from privacy.models import AuditEvent
from privacy.zegel import ZegelFout
from tenants.access import Refused
from tenants.scope import acting_as
from tests import people
from tests.cases import avg, seed
from tests.cases.brieven import attach
from tests.cases.toegang import strikt

pytestmark = pytest.mark.django_db
TEKST = b"Geachte mevrouw, de traplift komt in mei."


def content(bijlage: Bijlage, door: str = "anna") -> bytes:
    with acting_as(people.wie(door).scope(bijlage.tenant_id)):
        return inhoud_of(Bijlage.alles.get(tenant_id=1, pk=bijlage.pk))


def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what is recorded from now on."""
    noted: list[str] = []
    original = AuditEvent.save

    def note(self: AuditEvent, *args: Any, **kwargs: Any) -> None:
        noted.append(self.gebeurtenis)
        original(self, *args, **kwargs)

    monkeypatch.setattr(AuditEvent, "save", note)
    return noted


def upload(browser: Any, kwestie: Kwestie, naam: str, inhoud: bytes) -> Any:
    file = SimpleUploadedFile(naam, inhoud, content_type="text/html")
    here = f"/t/arnhem/kwesties/{kwestie.pk}/bijlage/"
    return browser.post(here, {"bestand": file, "contact": ""})


def test_a_file_comes_back_as_a_download_and_never_as_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie, anna = seed.register(), people.browser("anna")
    noted = events(monkeypatch)
    assert upload(anna, kwestie, "../brief van de zus.TXT", TEKST).status_code == 302
    with acting_as(people.wie("anna").scope(1)):
        (row,) = Bijlage.objects.filter(tenant_id=1, kwestie=kwestie)
    page = anna.get(f"/t/arnhem/kwesties/{kwestie.pk}/")
    assert page.text.count("brief van de zus.txt") >= 2  # the card, the timeline
    answer = anna.get(f"/t/arnhem/kwesties/{kwestie.pk}/bijlage/{row.pk}/")
    assert answer.content == TEKST
    assert answer.headers["Content-Type"] == "application/octet-stream"
    disposition = answer.headers["Content-Disposition"]
    assert disposition == 'attachment; filename="brief van de zus.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "no-store"
    assert {"bijlage_toegevoegd", "bijlage_opgehaald"} <= set(noted)


def test_what_a_stranger_could_do_with_a_file_is_refused_in_words_and_on_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kwestie, anna = seed.register(), people.browser("anna")
    noted = events(monkeypatch)
    answer = upload(anna, kwestie, "rekening.pdf", b"<html><script>x</script></html>")
    assert answer.status_code == 422
    assert "past niet bij de naam" in answer.text
    assert "bijlage_geweigerd" in noted
    assert upload(anna, kwestie, "x.svg", b"<svg/>").status_code == 422
    with acting_as(people.wie("anna").scope(1)):
        assert not Bijlage.objects.filter(tenant_id=1, kwestie=kwestie).exists()


def test_a_file_in_pieces_is_whole_again_and_sealed_for_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bijlagen, "STUK", 16)
    kwestie = seed.register()
    one, two = attach(kwestie, inhoud=TEKST), attach(kwestie, inhoud=TEKST)
    assert one.stukken == 3
    assert content(one) == TEKST
    with acting_as(people.wie("anna").scope(1)):
        mine = BijlageStuk.objects.filter(tenant_id=1, bijlage=one).order_by("nr")
        blobs = [bytes(s.inhoud_v or b"") for s in mine]
        assert all(b"traplift" not in blob for blob in blobs)
        mine.filter(nr=0).update(inhoud_v=blobs[1])  # swapped within the file
    with pytest.raises(ZegelFout) as error:
        content(one)
    assert error.value.reden == "geknoeid"
    with acting_as(people.wie("anna").scope(1)):  # a piece of another file
        BijlageStuk.objects.filter(tenant_id=1, bijlage=two, nr=0).update(
            inhoud_v=blobs[0]
        )
    with pytest.raises(ZegelFout):
        content(two)


def test_a_file_that_was_cut_short_does_not_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bijlagen, "STUK", 16)
    row = attach(seed.register(), inhoud=TEKST)
    with acting_as(people.wie("anna").scope(1)):
        stuk = BijlageStuk.objects.get(tenant_id=1, bijlage=row, nr=2)
        stuk.inhoud_v = None
        stuk.save(update_fields=["inhoud_v"])
    with pytest.raises(ZegelFout):
        content(row)


def test_after_the_key_is_destroyed_nothing_of_a_file_can_be_read() -> None:
    kwestie = avg.named()
    row = attach(kwestie, inhoud=TEKST)
    with acting_as(people.wie("anna").scope(1)):
        mine = BijlageStuk.objects.filter(tenant_id=1, bijlage=row)
        (before,) = [bytes(s.inhoud_v or b"") for s in mine]
        erase_kwesties(Kwestie.alles.filter(tenant_id=1, pk=kwestie.pk), "BEKEND")
        (after,) = [bytes(s.inhoud_v or b"") for s in mine.all()]
        assert len(after) < 5
        mine.update(inhoud_v=before)  # as if an old copy was put back
    with pytest.raises(ZegelFout) as error:
        content(row)
    assert error.value.reden == "sleutel_weg"
    here = f"/t/arnhem/kwesties/{kwestie.pk}/bijlage/{row.pk}/"
    assert people.browser("anna").get(here).status_code == 404


def test_a_file_that_is_thrown_away_is_no_download_any_more() -> None:
    kwestie = seed.register()
    row = attach(kwestie)
    here = f"/t/arnhem/kwesties/{kwestie.pk}/bijlage/{row.pk}/"
    anna = people.browser("anna")
    seed.act(
        *("throw_away", kwestie),
        soort="BIJLAGE",
        ding=row.pk,
        reden="Van iemand anders.",
    )
    assert anna.get(here).status_code == 404
    assert content(row) == b"Dag."  # still there, for who puts it back
    assert "brief.txt" in anna.get("/prullenbak/").text


def test_a_colleague_does_not_get_it_and_a_strict_one_is_for_its_supporter_only() -> (
    None
):
    kwestie = strikt("anna")
    row = attach(kwestie)
    here = f"/t/arnhem/kwesties/{kwestie.pk}/bijlage/{row.pk}/"
    found = {
        n: people.browser(n).get(here).status_code for n in ("anna", "bram", "chantal")
    }
    assert found == {"anna": 200, "bram": 404, "chantal": 404}
    with pytest.raises(Refused):
        seed.act("add_bijlage", kwestie, "bram", naam="a.txt", inhoud=b"x")


def test_the_file_of_another_kwestie_is_not_there() -> None:
    row, other = attach(seed.register()), seed.register()
    here = f"/t/arnhem/kwesties/{other.pk}/bijlage/{row.pk}/"
    assert people.browser("anna").get(here).status_code == 404


def test_a_contact_of_another_kwestie_is_refused() -> None:
    with pytest.raises(KwestieError) as error:
        seed.act(
            *("add_bijlage", seed.register()),
            naam="a.txt",
            inhoud=b"x",
            contact_id=people.ident("nergens"),
        )
    assert error.value.veld == "contact"


def test_the_client_gets_the_files_with_her_data() -> None:
    kwestie = avg.named()
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(made, "PNG")
    attach(kwestie, "foto.png", made.getvalue())
    kept = attach(kwestie, "van de zus.txt", b"Van mijn zus.")
    row = avg.decided(avg.ask(kwestie))
    anna, here = people.browser("anna"), f"/t/arnhem/avg/{row.pk}/uitvoer/"
    form = anna.get(here).context["form"]
    chosen = {
        name: form.get_initial_for_field(field, name) or ""
        for name, field in form.fields.items()
    }
    chosen[f"bijlage:{kept.pk}:naam"] = "ANDER"
    answer = anna.post(here, chosen)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert archive.read("bijlagen/01-foto.png").startswith(b"\x89PNG")
    assert names == ["gegevens.json", "gegevens.pdf", "bijlagen/01-foto.png"]
