"""The terms: what is kept for how long, since when, on what ground, what happens then.

One place: ``cases.retention`` carries them out, and the register of processing
(AVG 30) tells them. Where no law gives a term it says so: then it is the
organisation's own choice. Guarded by tests/cases/test_retention.py and
tests/adviespunt/test_register.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AVG_TERMIJN = relativedelta(months=24)
BELANG_TERMIJN = relativedelta(months=24)  # in the policy of migration 0017
DATALEK_TERMIJN = relativedelta(years=5)  # in the policy of tenants 0013
EIGEN = _("Eigen keuze; de wet noemt geen termijn (AVG 5 lid 1 onder e)")


@dataclass(frozen=True, slots=True)
class Bewaarregel:
    """A rule in words. kort: in English, for the data map.

    is_zelf: carried out by the product itself, every night.
    """

    code: str
    wat: Promise
    termijn: Promise
    daarna: Promise
    bron: Promise
    kort: str
    is_zelf: bool = True


REGELS: tuple[Bewaarregel, ...] = (
    Bewaarregel(
        "dossier",
        _("Wie de cliënt is, en alle teksten over de cliënt"),
        _("24 maanden nadat de laatste kwestie is afgerond"),
        _("Naam en teksten worden vernietigd. Codes zonder persoon blijven."),
        EIGEN,
        "24 months after the last kwestie was closed (BEWAARMAANDEN); then without"
        " identity and texts",
    ),
    Bewaarregel(
        "anoniem",
        _("Teksten bij een anonieme kwestie"),
        _("24 maanden nadat de kwestie is afgerond"),
        _("De teksten worden vernietigd. Codes blijven."),
        EIGEN,
        "as a dossier",
    ),
    Bewaarregel(
        "geheim",
        _("Doorbreking van de geheimhouding en meldcode"),
        _("Met het dossier, en nooit voor de laatste stap is gezet"),
        _("De teksten worden vernietigd. Het aantal per jaar blijft."),
        EIGEN,
        "with the dossier, never before the last step; the texts are destroyed",
    ),
    Bewaarregel(
        "vordering",
        _("Vordering door een instantie"),
        _("Met het dossier, en nooit zolang de vordering loopt"),
        _("De teksten worden vernietigd. Instantie en datum blijven."),
        _("Eigen keuze; zolang zij loopt, wist niemand (AVG 17 lid 3)"),
        "with the dossier, never while it runs; the texts are destroyed",
    ),
    Bewaarregel(
        "avg",
        _("AVG-verzoek"),
        _("Met het dossier; zonder kwestie 24 maanden nadat het is gesloten"),
        _("De teksten worden vernietigd. Soort, data en uitkomst blijven."),
        _("Eigen keuze, om te kunnen laten zien wat is gedaan (AVG 5 lid 2)"),
        "with the dossier; without a kwestie 24 months after closing; then no texts",
    ),
    Bewaarregel(
        "datalek",
        _("Register van datalekken"),
        _("5 jaar nadat het datalek is gesloten"),
        _("De rij en de sleutel worden vernietigd."),
        _("Vastleggen moet (AVG 33 lid 5); de termijn is een eigen keuze"),
        "5 years after closing, then destroyed",
    ),
    Bewaarregel(
        "nevenbelang",
        _("Nevenbelangen van collega's"),
        _("24 maanden nadat het belang eindigde"),
        _("De rij wordt vernietigd; met het laatste belang ook de sleutel."),
        EIGEN,
        "24 months after it ended, then destroyed",
    ),
    Bewaarregel(
        "loket",
        _("Vragen via het loket die niemand opnam"),
        _("90 dagen"),
        _(
            "Verwijderd, elke nacht. Wat wel is opgenomen, gaat mee met de kwestie. Is een"
            " vraag doorgestuurd, dan blijft drie jaar bekend waarheen, zonder de tekst."
        ),
        EIGEN,
        "90 days, then removed every night; taken up: with the kwestie; sent on: where to,"
        " three years",
    ),
    Bewaarregel(
        "concept",
        _("Concepten: wat iemand typte en niet heeft verstuurd"),
        _("30 dagen"),
        _("Verwijderd, elke nacht."),
        EIGEN,
        "30 days, then removed every night",
    ),
    Bewaarregel(
        "prullenbak",
        _("Wat is weggegooid"),
        _("30 dagen; langer bij een beperking of een vordering"),
        _("Vernietigd met alles wat eraan hangt."),
        _("Eigen keuze; bij een beperking AVG 18"),
        "30 days, then destroyed with what it is about; longer while restricted or"
        " demanded",
    ),
    Bewaarregel(
        "handeling",
        _("Wat er stond voor de laatste handeling (ongedaan maken)"),
        _("Een dag"),
        _("Verwijderd, elke nacht."),
        EIGEN,
        "a day",
    ),
    Bewaarregel(
        "logboek",
        _("Logboek: wie keek wat in"),
        _("5 jaar of langer (AUDIT_BEWAARTERMIJN)"),
        _("Hele maanden worden verwijderd door de beheerder (audit_opruimen)."),
        _("Minstens 5 jaar: NEN 7513"),
        "at least 5 years (AUDIT_BEWAARTERMIJN), then removed by month"
        " (`manage.py audit_opruimen`)",
        is_zelf=False,
    ),
    Bewaarregel(
        "sleutel",
        _("Sleutels in reservekopieën"),
        _("28 dagen"),
        _("Daarna is wat gewist is in geen enkele kopie meer te lezen."),
        EIGEN,
        "destroyed at erasure; in backups 28 days",
        is_zelf=False,
    ),
    Bewaarregel(
        "sessie",
        _("Wie is aangemeld"),
        _("8 uur na de laatste wijziging"),
        _("Verlopen sessies gaan weg met clearsessions."),
        EIGEN,
        "8 hours after the last change; expired rows stay until"
        " `manage.py clearsessions`",
        is_zelf=False,
    ),
)
PER_CODE = {regel.code: regel for regel in REGELS}
