"""What everybody may see: pages, files and the API, in the ``public`` role.

Nothing here knows who asks: no session, no cookie but the language.
"""

from signalering.public_views.api import (
    api_begin,
    api_lijst,
    api_onbekend,
    api_opdrachtgevers,
    api_openapi,
    api_publicatie,
    api_tabel,
)
from signalering.public_views.bestanden import csv, dcat_jsonld, dcat_turtle, feed, pdf
from signalering.public_views.paginas import catalogus, publicatie, taal, vergelijken

__all__ = [
    "api_begin",
    "api_lijst",
    "api_onbekend",
    "api_opdrachtgevers",
    "api_openapi",
    "api_publicatie",
    "api_tabel",
    "catalogus",
    "csv",
    "dcat_jsonld",
    "dcat_turtle",
    "feed",
    "pdf",
    "publicatie",
    "taal",
    "vergelijken",
]
