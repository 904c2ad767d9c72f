"""What the form of a document offers to begin with; whoever administers makes it true.

In the words of the law where it speaks: Wmo 2015 art. 2.2.4 and 1.1.1 (independent,
only the interest of the client), Wmo 2015 art. 3.3 and the Besluit verplichte meldcode
(five steps), AVG art. 12-22. Not established by itself: somebody reads it first.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BEGIN: Mapping[str, Promise] = {
    "onafhankelijkheid": _(
        "Wij staan naast u. Alleen uw belang telt.\n\n"
        "De opdrachtgever betaalt ons, maar bepaalt niet wat wij u adviseren. De"
        " opdrachtgever krijgt uw naam en uw verhaal niet te zien.\n\n"
        "Onze medewerkers werken niet voor de organisatie waar uw vraag over gaat."
        " Hebben zij toch een ander belang, dan zeggen zij dat en helpt een collega"
        " u.\n\n"
        "Vindt u dat wij niet onafhankelijk zijn? Vertel het ons, of dien een klacht"
        " in."
    ),
    "privacyreglement": _(
        "Wij leggen alleen vast wat nodig is om u te helpen. U mag anoniem blijven.\n\n"
        "Alleen onze cliëntondersteuners zien wat u vertelt. Wij delen het alleen als u"
        " dat goed vindt, of als de wet ons dat verplicht.\n\n"
        "U mag uw gegevens zien, laten verbeteren en laten wissen. Ook mag u bezwaar"
        " maken. Wij antwoorden binnen een maand.\n\n"
        "Niet tevreden over ons antwoord? U kunt naar de Autoriteit Persoonsgegevens."
    ),
    "meldcode": _(
        "Soms maken wij ons zorgen over geweld thuis of over een kind. Dan volgen wij"
        " vijf stappen.\n\n"
        "1. Wij schrijven op wat wij zien en horen.\n"
        "2. Wij overleggen met een collega, en als het nodig is met Veilig Thuis.\n"
        "3. Wij praten met u.\n"
        "4. Wij wegen wat er aan de hand is.\n"
        "5. Wij beslissen of er hulp nodig is, en of wij melden bij Veilig Thuis.\n\n"
        "Wij zeggen het u als wij melden, behalve als dat gevaar geeft."
    ),
    "klachtenregeling": _(
        "Bent u niet tevreden over ons? Zeg het eerst tegen uw cliëntondersteuner of de"
        " teamleider. Vaak lossen wij het samen op.\n\n"
        "Lukt dat niet, dan kunt u een klacht indienen. Schrijf op wat er is gebeurd en"
        " wat u wilt. U krijgt binnen zes weken antwoord.\n\n"
        "Een klacht heeft geen gevolgen voor de hulp die u krijgt."
    ),
}
