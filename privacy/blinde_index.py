"""Finding a name without reading names: keyed search tokens, one key per tenant.

That key is in the key chain (``privacy.sleutels``): wrapped, and in no long backup.

Invariant: what is stored of a name says nothing without the key, and little with the
tokens alone: a single word is cut to 12 bits, so that equal tokens are not equal names
and whoever searches has to compare the names she may read. A word together with a
year of birth is kept to 64 bits. No token holds for another tenant.

Names are compared without case, accents and tussenvoegsels; ``ij`` is ``y``.

Guarded by tests/privacy/test_blinde_index.py.
"""

from __future__ import annotations

import hmac
import re
import unicodedata

from privacy.sleutels import tenant_row, zoeksleutel
from privacy.zegel import bound

TUSSENVOEGSELS = frozenset(
    (
        *("aan", "al", "bij", "d", "da", "de", "del", "den", "der", "di", "dos", "du"),
        *("el", "en", "het", "in", "la", "le", "los", "of", "op", "onder", "over"),
        *("s", "t", "te", "ten", "ter", "tot", "uit", "van", "vd", "ver", "von"),
        "voor",
    )
)
# What NFKD leaves alone: "Yılmaz" has to be found as "Yilmaz".
VAST = str.maketrans(
    {
        **{"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t"},
        **{"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng"},
    }
)
LETTERS = re.compile(r"[^\W\d_]+")
ORGANISATIE_TEKENS = 16  # 64 bits: only ever compared as a whole
WOORD_TEKENS = 3  # hexadecimal, so 12 bits
JAAR_TEKENS = 16  # 64 bits
KORTST = 2


def fold(text: str) -> str:
    """Lower case, without accents: what is compared instead of ``text``."""
    lower = text.casefold()
    if lower.isascii():  # as most texts are; nothing to take off
        return lower
    lower = lower.translate(VAST)
    plain = unicodedata.normalize("NFKD", lower)
    return "".join(char for char in plain if not unicodedata.combining(char))


def naamwoorden(naam: str) -> list[str]:
    """The words of a name by which it is found, each once, in order.

    Without tussenvoegsels, unless nothing else is left, and without initials.
    """
    words = [word.replace("ij", "y") for word in LETTERS.findall(fold(naam))]
    long = [word for word in words if len(word) >= KORTST]
    own = [word for word in long if word not in TUSSENVOEGSELS]
    return list(dict.fromkeys(own or long))


def has_words(naam: str, words: list[str]) -> bool:
    """True when each of ``words`` (from ``naamwoorden``) is a word of this name."""
    return set(words) <= set(naamwoorden(naam))


def teken(tenant_id: int, woord: str, jaar: str = "") -> str:
    """The token of a word of a name, or of that word with a year of birth.

    '' (which no client has) as long as nothing was ever sealed for this tenant.
    """
    key = zoeksleutel(tenant_id)
    if key is None:
        return ""
    made = hmac.digest(key, bound("naam", jaar, woord), "sha256").hex()
    return f"j{made[:JAAR_TEKENS]}" if jaar else f"w{made[:WOORD_TEKENS]}"


def tekens_of(tenant_id: int, naam: str, jaar: str = "") -> list[str]:
    """Every token under which a client of this name (and year) is found."""
    words = naamwoorden(naam)
    found = {teken(tenant_id, word) for word in words}
    if jaar:
        found |= {teken(tenant_id, word, jaar) for word in words}
    return sorted(found)


def organisatie_teken(tenant_id: int, naam: str) -> str:
    """The token of the name of an organisation, for comparing in the database.

    Case and outer spaces do not count. '' for no name. Makes the key of the tenant
    when there is none yet.
    """
    plain = naam.strip().lower()
    if not plain:
        return ""
    tenant_row(tenant_id)
    key = zoeksleutel(tenant_id)
    if key is None:  # row security hides it: then nothing may be compared either
        return ""
    made = hmac.digest(key, bound("organisatie", plain), "sha256").hex()
    return f"o{made[:ORGANISATIE_TEKENS]}"
