"""Dutch unless somebody chose otherwise: the browser's own preference does not count.

The people who work here write Dutch all day, also on a computer set to English.
"""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class ChosenLanguageMiddleware(LocaleMiddleware):
    """LocaleMiddleware that looks at the choice in the cookie only."""

    def process_request(self, request: HttpRequest) -> None:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)
