"""The certificate and key of the seal on reports: read, examined, or made for a trial.

Invariant: a key comes out of this module only in the process that calls ``load_key``
(the child that seals); everything else works with paths and the public certificate.

Guarded by tests/signalering/test_zegelen.py.
"""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

BITS: Final = 3072
GELDIG: Final = timedelta(days=3 * 365)
SLEUTEL: Final = re.compile(
    rb"-----BEGIN (?:RSA )?PRIVATE KEY-----.*?-----END (?:RSA )?PRIVATE KEY-----", re.S
)
PROEF: Final = "Adviespunt, proefzegel (zelf gemaakt)"


class CertificaatFout(Exception):
    """No seal can be made with these files; the text says why, and never their content."""


@dataclass(frozen=True, slots=True)
class Sleutelplek:
    """Where the key and the certificate are: PEM files, which may be the same one.

    After the certificate itself the file may hold those that it hangs on.
    """

    sleutel: Path
    certificaat: Path


@dataclass(frozen=True, slots=True)
class Certificaat:
    """What may be shown of a certificate. ``sha256``: of its DER form, in hex."""

    naam: str
    uitgever: str
    van: datetime
    tot: datetime
    sha256: str

    @property
    def is_zelf_gemaakt(self) -> bool:
        return self.naam == self.uitgever


def our_place() -> Sleutelplek:
    """Where the settings say that key and certificate are."""
    return Sleutelplek(settings.ZEGEL_SLEUTEL, settings.ZEGEL_CERTIFICAAT)


def load_chain(plek: Sleutelplek) -> list[x509.Certificate]:
    """The certificate first, then those above it; CertificaatFout when it is none."""
    try:
        return x509.load_pem_x509_certificates(plek.certificaat.read_bytes())
    except OSError as error:
        raise CertificaatFout("ZEGEL_CERTIFICAAT cannot be read") from error
    except ValueError as error:
        raise CertificaatFout("ZEGEL_CERTIFICAAT holds no certificate (PEM)") from error


def load_key(plek: Sleutelplek) -> RSAPrivateKey:
    """The private key, for the one process that seals; else CertificaatFout.

    RSA of at least 3072 bits: with elliptic curves the file would become PDF 2.0, and
    no PDF/A-3 any more.
    """
    try:
        found = SLEUTEL.search(plek.sleutel.read_bytes())
    except OSError as error:
        raise CertificaatFout("ZEGEL_SLEUTEL cannot be read") from error
    if found is None:
        raise CertificaatFout("ZEGEL_SLEUTEL holds no open private key (PEM)")
    try:
        key = serialization.load_pem_private_key(found[0], None)
    except (ValueError, TypeError) as error:
        raise CertificaatFout("ZEGEL_SLEUTEL holds no private key (PEM)") from error
    if not isinstance(key, RSAPrivateKey) or key.key_size < BITS:
        raise CertificaatFout(f"ZEGEL_SLEUTEL is not RSA of {BITS} bits or more")
    return key


def certificate_of(plek: Sleutelplek) -> Certificaat:
    """What the certificate says of itself; CertificaatFout when there is none."""
    own = load_chain(plek)[0]
    return Certificaat(
        naam=_common_name(own.subject),
        uitgever=_common_name(own.issuer),
        van=own.not_valid_before_utc,
        tot=own.not_valid_after_utc,
        sha256=own.fingerprint(hashes.SHA256()).hex(),
    )


def require_valid(plek: Sleutelplek, now: datetime | None = None) -> Certificaat:
    """The certificate, when it is valid at this moment; else CertificaatFout."""
    found = certificate_of(plek)
    if not found.van <= (now or datetime.now(UTC)) <= found.tot:
        raise CertificaatFout("the certificate of the seal is not valid today")
    return found


def require_pair(plek: Sleutelplek) -> RSAPrivateKey:
    """The key, when it is the one of the certificate; else CertificaatFout."""
    key, own = load_key(plek), load_chain(plek)[0].public_key()
    if not isinstance(own, RSAPublicKey) or key.public_key() != own:
        raise CertificaatFout("ZEGEL_SLEUTEL does not belong to ZEGEL_CERTIFICAAT")
    return key


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


# ------------------------------------------------------------------------ for a trial


def ensure_trial(plek: Sleutelplek) -> None:
    """Key and certificate in one file, made when there is none; who is first, wins.

    For the embedded servers only. Nobody vouches for it: a reader of PDFs calls the
    sender unknown, and still sees whether a byte was changed.
    """
    if plek.certificaat.exists():
        return
    key = generate_private_key(65537, BITS)
    plek.certificaat.parent.mkdir(parents=True, exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=plek.certificaat.parent, prefix="zegel.")
    with os.fdopen(handle, "wb") as out:
        out.write(_pem(key) + _self_signed(key).public_bytes(_PEM))
    with suppress(FileExistsError):
        os.link(fresh, plek.certificaat)
    os.unlink(fresh)


_PEM: Final = serialization.Encoding.PEM


def _pem(key: RSAPrivateKey) -> bytes:
    plain = serialization.NoEncryption()
    return key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, plain)


def _self_signed(key: RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, PROEF)])
    now = datetime.now(UTC)
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement"),
            *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + GELDIG)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
