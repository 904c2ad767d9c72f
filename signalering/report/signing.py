"""pyHanko itself: the one module that loads it, and it runs in a child of its own.

PAdES B-B, without a network: no time of a third party, no look at revocation. What was
drawn stays byte for byte in front of what the seal adds (tests/signalering/
test_zegelen.py).
"""

from __future__ import annotations

from io import BytesIO
from typing import Final, cast

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signalering.certificaat import Sleutelplek, load_chain, require_pair
from signalering.report.tagging import VELD

DER: Final = serialization.Encoding.DER


class Writer(IncrementalPdfFileWriter):
    """Leaves the properties of the document as they are: they were made for PDF/A."""

    def _update_meta(self) -> None:
        pass


def sign(pdf: bytes, reden: str, plek: Sleutelplek) -> bytes:
    """``pdf`` with its seal behind it; raises CertificaatFout without a fitting key."""
    wat = signers.PdfSignatureMetadata(
        field_name=VELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        reason=reden,
    )
    sealed = signers.sign_pdf(
        Writer(BytesIO(pdf)), wat, signer=_signer(plek), existing_fields_only=True
    )
    return cast(bytes, sealed.getvalue())


def _signer(plek: Sleutelplek) -> signers.SimpleSigner:
    key = require_pair(plek).private_bytes(
        DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = [
        asn1_x509.Certificate.load(one.public_bytes(DER)) for one in load_chain(plek)
    ]
    return signers.SimpleSigner(
        signing_cert=chain[0],
        signing_key=asn1_keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore.from_certs(chain),  # type: ignore[no-untyped-call]
    )
