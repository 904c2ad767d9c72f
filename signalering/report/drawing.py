"""WeasyPrint itself: the one module that loads it, in the process that prints.

It fetches nothing but assets handed over beforehand and small ``data:`` addresses
(tests/signalering/test_printing.py).
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO
from typing import Any, Final, cast
from urllib.request import DataHandler, Request

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from signalering.report import tagging
from signalering.report.printing import Asset, Bijlage, Drukwerk, PrintRefused

SMALL_DATA: Final = 100_000
# A file in the PDF has a date by law of its format; ours says nothing of a day.
NOOIT: Final = datetime(2000, 1, 1, tzinfo=UTC)


def draw(werk: Drukwerk, assets: Mapping[str, Asset]) -> bytes:
    """The PDF of ``werk``, made in the process that calls it: same input, same bytes.

    PDF/A-3a, finished to be PDF/UA-1 as well. Raises ``PrintRefused`` when the document
    reaches out.
    """
    return _draw(werk, assets, fonts())


def _draw(
    werk: Drukwerk, assets: Mapping[str, Asset], fonts: FontConfiguration
) -> bytes:
    fetcher = ClosedFetcher(assets)
    try:
        document = weasyprint.HTML(string=werk.html, url_fetcher=fetcher)
        pdf = document.write_pdf(
            font_config=fonts,
            pdf_variant="pdf/a-3a",
            pdf_identifier=hashlib.sha256(werk.html.encode()).hexdigest()[:32].encode(),
            attachments=[_attachment(bijlage) for bijlage in werk.bijlagen],
            finisher=partial(tagging.finish, code=werk.code),
        )
    except FatalURLFetchingError:
        raise PrintRefused(tuple(fetcher.refused)) from None
    if fetcher.refused:
        raise PrintRefused(tuple(fetcher.refused))
    return cast(bytes, pdf)


@cache
def fonts() -> FontConfiguration:
    """The fonts of this machine, read once; a trial page loads what comes lazily.

    Not as PDF/A: that leaves a file open (its colour profile), in a child no matter.
    """
    loaded = FontConfiguration()
    page = "<!DOCTYPE html><html lang='nl'><title>a</title><p>a"
    trial = weasyprint.HTML(string=page, url_fetcher=ClosedFetcher({}))
    trial.write_pdf(font_config=loaded, pdf_variant="pdf/ua-1")
    return loaded


def _attachment(bijlage: Bijlage) -> Any:
    return weasyprint.Attachment(
        file_obj=BytesIO(bijlage.inhoud),
        name=bijlage.naam,
        description=bijlage.uitleg,
        created=NOOIT,
        modified=NOOIT,
        relationship="Data",
    )


class ClosedFetcher:
    """Answers ``asset:`` from a dictionary and small ``data:``; refuses the rest.

    It holds no code that could open a file or a connection. ``refused`` keeps the
    first addresses it was asked for, shortened.
    """

    _fail_on_errors = True  # asked for by WeasyPrint: an error ends the printing

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        self.assets = assets
        self.refused: list[str] = []

    def __call__(self, url: str) -> Any:
        asset = self.assets.get(url.removeprefix("asset:"))
        if url.startswith("asset:") and asset is not None:
            return _response(url, asset)
        if url.startswith("data:") and len(url) <= SMALL_DATA:
            request = Request(url)  # noqa: S310 (never opened: it only carries data)
            with DataHandler().data_open(request) as data:
                return _response(url, Asset(data.read(), data.headers["Content-type"]))
        if len(self.refused) < 20:
            self.refused.append(url[:80])
        raise FatalURLFetchingError("refused")


def _response(url: str, asset: Asset) -> Any:
    return URLFetcherResponse(url, asset.inhoud, {"Content-Type": asset.soort})
