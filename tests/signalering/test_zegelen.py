"""The PDF that is sealed: accessible, for ever, with its data, and closed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from signalering import certificaat
from signalering.certificaat import CertificaatFout, Sleutelplek
from signalering.report import (
    Rapportdocument,
    print_pdfs,
    print_sealed,
    sealing,
    signing,
)
from tests.signalering.rapporten import OPENBAAR, openbaar, rapport, tabel

CODES = ("AP-0000-1111-2222-3333", "AP-4444-5555-6666-7777")
PLEK = "https://adviespunt.example/verifieer/"


def documents() -> list[Rapportdocument]:
    """Both versions of one established report, with withheld numbers."""
    weg = ("aard:FIN", "aard:REL", "resultaat:niet", "resultaat:deels")
    both = (
        rapport(cijfers=tabel(weg=weg), vastgesteld=True, controlecode=CODES[0]),
        openbaar(cijfers=tabel(publiek="openbaar", weg=weg), controlecode=CODES[1]),
    )
    return [
        Rapportdocument(**{**fields_of(one), "controleadres": PLEK}) for one in both
    ]


def fields_of(document: Rapportdocument) -> dict[str, Any]:
    return {name: getattr(document, name) for name in document.__slots__}


@pytest.fixture(scope="module")
def plek(tmp_path_factory: pytest.TempPathFactory) -> Sleutelplek:
    path = tmp_path_factory.mktemp("zegel") / "zegel.pem"
    made = Sleutelplek(path, path)
    certificaat.ensure_trial(made)
    return made


@pytest.fixture(scope="module")
def drawn() -> bytes:
    """The public version, built once more and not sealed."""
    return print_pdfs(documents()[1:])[0]


@pytest.fixture(scope="module")
def sealed(plek: Sleutelplek) -> list[bytes]:
    return print_sealed(documents(), plek)


def judged(pdf: bytes, plek: Sleutelplek) -> Any:
    [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
    roots = [load_cert_from_pemder(str(plek.certificaat))]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    return validate_pdf_signature(signature, context)


def test_both_versions_pass_every_check_of_accessibility(
    sealed: Sequence[bytes], tmp_path: Path
) -> None:
    """PDF/UA-1 as outloud checks it: no errors, and no warnings either."""
    for number, pdf in enumerate(sealed):
        (tmp_path / f"{number}.pdf").write_bytes(pdf)
    program = str(Path(sys.executable).with_name("outloud"))
    found = tmp_path / "found.json"
    done = subprocess.run(
        [program, "--json", str(found), "--fail-on", "warning"]
        + [str(tmp_path / f"{number}.pdf") for number in range(len(sealed))],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, found.read_text()[:4000]


def test_the_bytes_before_the_seal_are_the_same_in_every_build(
    drawn: bytes, sealed: Sequence[bytes]
) -> None:
    assert sealed[1][: len(drawn)] == drawn
    assert len(sealed[1]) > len(drawn)


def test_the_seal_covers_the_whole_file_and_is_that_of_the_certificate(
    sealed: Sequence[bytes], plek: Sleutelplek
) -> None:
    for pdf, code in zip(sealed, CODES, strict=True):
        status = judged(pdf, plek)
        assert status.bottom_line
        assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        assert status.modification_level == ModificationLevel.NONE
        [signature] = PdfFileReader(BytesIO(pdf)).embedded_signatures
        assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
        assert code in signature.sig_object["/Reason"]
        assert (
            signature.docmdp_level == MDPPerm.NO_CHANGES
        )  # no change at all is allowed


def test_a_changed_byte_breaks_the_seal(
    sealed: Sequence[bytes], plek: Sleutelplek
) -> None:
    at = sealed[0].index(b"<dc:identifier>AP-0000") + len(b"<dc:identifier>")
    changed = bytearray(sealed[0])
    changed[at] = ord("Q")
    assert not judged(bytes(changed), plek).intact


def test_it_says_pdf_a_3a_and_pdf_ua_1_and_stays_what_it_says(
    sealed: Sequence[bytes],
) -> None:
    for pdf in sealed:
        with pikepdf.open(BytesIO(pdf)) as file:
            meta = file.open_metadata()
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")
            assert meta["pdfuaid:part"] == "1"
            assert file.pdf_version == "1.7" and "/Version" not in file.Root
            assert str(file.Root.Lang) == "nl"
            assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"
            assert set(file.docinfo.keys()) <= {"/Title", "/Creator", "/Producer"}
            assert "dc:creator" not in meta
            assert all(font_is_embedded(font) for font in fonts_of(file))


def fonts_of(file: pikepdf.Pdf) -> list[Any]:
    return [
        one
        for one in file.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]


def font_is_embedded(font: Any) -> bool:
    return any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_the_data_inside_is_what_the_pages_show_and_no_more(
    sealed: Sequence[bytes],
) -> None:
    with pikepdf.open(BytesIO(sealed[1])) as file:
        assert [str(one.AFRelationship) for one in file.Root.AF] == ["/Data", "/Data"]
        data = {
            name: one.get_file().read_bytes() for name, one in file.attachments.items()
        }
    assert set(data) == {"cijfers.csv", "cijfers.json"}
    found = json.loads(data["cijfers.json"])
    shown = {
        ":".join([table["code"], *cell["dims"].values()]): cell["kwesties"]
        for table in found["tabellen"]
        for cell in table["cellen"]
    }
    weg = {"aard:FIN", "aard:REL", "resultaat:niet", "resultaat:deels"}
    assert shown == OPENBAAR | dict.fromkeys(weg)
    rows = data["cijfers.csv"].decode().splitlines()
    assert len(rows) == 1 + len(OPENBAAR)
    assert "Gemeente Voorbeeld;2025;aard;FIN;Financiën;;true;10" in rows
    assert "Gemeente Voorbeeld;2025;totaal;;Alle kwesties;1130;false;10" in rows


def test_a_report_with_too_few_holds_no_number_as_data() -> None:
    few = tabel(publiek="openbaar", te_weinig=True)
    [pdf] = print_pdfs([openbaar(cijfers=few)])
    with pikepdf.open(BytesIO(pdf)) as file:
        assert "/AcroForm" not in file.Root  # no code, so no place for a seal
        found = json.loads(file.attachments["cijfers.json"].get_file().read_bytes())
    assert (found["teWeinig"], found["tabellen"]) == (True, [])


def test_the_key_is_read_in_a_child_and_never_in_the_worker(
    plek: Sleutelplek,
    drawn: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Other children are forks of the worker: they cannot hold what it never read."""
    readers = tmp_path / "readers"
    true_load = certificaat.load_key

    def noting(where: Sleutelplek) -> rsa.RSAPrivateKey:
        readers.write_text(str(os.getpid()))
        return true_load(where)

    monkeypatch.setattr(certificaat, "load_key", noting)
    sealing.seal([(drawn, CODES[1])], plek)
    assert readers.read_text() != str(os.getpid())


# ------------------------------------------------------------------- keys that do not fit


def written(folder: Path, key: Any, *, days: int = 10) -> Sleutelplek:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Proef")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    found = Sleutelplek(folder / "sleutel.pem", folder / "certificaat.pem")
    found.sleutel.write_bytes(
        key.private_bytes(
            pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    found.certificaat.write_bytes(made.public_bytes(pem))
    return found


def test_nothing_is_sealed_with_a_certificate_that_is_over(tmp_path: Path) -> None:
    over = written(tmp_path, ec.generate_private_key(ec.SECP256R1()), days=-1)
    with pytest.raises(CertificaatFout, match="not valid today"):
        print_sealed(documents(), over)


def test_only_an_rsa_key_of_3072_bits_is_used(tmp_path: Path) -> None:
    small = written(tmp_path, rsa.generate_private_key(65537, 2048))
    with pytest.raises(CertificaatFout, match="3072"):
        certificaat.load_key(small)
    curve = written(tmp_path, ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(CertificaatFout, match="3072"):
        certificaat.load_key(curve)


def test_a_key_of_another_certificate_seals_nothing(
    tmp_path: Path, plek: Sleutelplek, drawn: bytes
) -> None:
    other = written(tmp_path, rsa.generate_private_key(65537, 2048))
    mixed = Sleutelplek(plek.sleutel, other.certificaat)
    with pytest.raises(CertificaatFout, match="does not belong"):
        signing.sign(drawn, "reden", mixed)
    with pytest.raises(CertificaatFout, match="missing or wrong"):
        sealing.seal([(drawn, CODES[0])], mixed)


@pytest.mark.parametrize("content", [None, b"", b"geen certificaat"])
def test_a_missing_or_empty_certificate_is_named_and_not_quoted(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "zegel.pem"
    if content is not None:
        path.write_bytes(content)
    for read in (certificaat.load_chain, certificaat.load_key):
        with pytest.raises(CertificaatFout, match="ZEGEL_") as caught:
            read(Sleutelplek(path, path))
        assert "geen certificaat" not in str(caught.value)
