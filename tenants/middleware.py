"""One transaction with a signed database scope around view and template.

Duties, in order: (1) leave the sign-in pages alone, they work as the login role;
(2) public pages get the ``public`` scope whoever asks; (3) a signed-in person is
looked up in the narrow ``identity`` scope and goes on in her own; who still has to sign
the declaration of secrecy goes there and nowhere else (S17); (4) the tenant in
the path is the one tenant that may be written; (5) a 5xx rolls everything back;
(6) a sealed text that does not open becomes a page that says nothing of it, and an
audit event that outlives the roll-back.
(7) what a signed-in person was refused, or what failed, is recorded after that, in a
transaction of its own: the same for an id that exists and one that does not.

Guarded by tests/isolation/test_url_matrix.py and tests/tenants/test_logboek.py.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve

from privacy import audit
from privacy.zegel import ZegelFout
from privacy.zegel_geweigerd import zegel_geweigerd
from tenants import logboek
from tenants.access import Plek, Wie, wie_for
from tenants.models import User
from tenants.scope import Scope, acting_as, replace

SIGN_IN = ("/accounts/", "/i18n/")
PUBLIC = (
    *("/openbaar/", "/api/", "/adviespunt/", "/loket/", "/verifieer/"),
    *("/robots.txt", "/sitemap.xml"),
)
NO_STORE = "no-store"
# For what never changes under its address and is about nobody: the look of a tenant.
ONVERANDERLIJK = "private, max-age=604800, immutable"
REFUSED = (403, 404)
# Pages that say nothing of anybody; also for who has not signed yet.
WITHOUT_SIGNING = (
    *("toegankelijkheid", "privacy", "security_txt", "gezond"),
    "kwetsbaarheid",
)


def _match(request: HttpRequest) -> ResolverMatch | None:
    """The page of this address; None when there is none."""
    try:
        return resolve(request.path_info)
    except Resolver404:
        return None


class TenantRequest(HttpRequest):
    """A request after this middleware: ``wie`` acts, ``plek`` is the tenant's place.

    zegelfout: the sealed text that did not open, if there was one. voorbeeld: somebody
    who does not exist, as whom a page shows the menu.
    """

    wie: Wie | None
    plek: Plek | None
    zegelfout: ZegelFout | None
    voorbeeld: Wie


class BezoekersMiddleware:
    """In a process where nobody can sign in: the ``public`` scope, whoever asks."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting_as(Scope("public")):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class TenantMiddleware:
    """See the module: it opens the scope of a request and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: TenantRequest) -> HttpResponse:
        request.wie, request.plek, request.zegelfout = None, None, None
        if request.path_info.startswith(SIGN_IN):
            return self.get_response(request)
        user = request.user
        is_public = request.path_info.startswith(PUBLIC)
        if isinstance(user, User) and user.is_authenticated and not is_public:
            return self._as_person(request, user)
        with acting_as(Scope("public")):
            return self._inside(request)

    def _as_person(self, request: TenantRequest, user: User) -> HttpResponse:
        try:
            with acting_as(Scope("identity", user.pk)):
                wie = request.wie = wie_for(user)
                with audit.through(audit.WEB, logboek.functies(wie)):
                    response = self._in_her_scope(request, wie)
        except Http404:
            self._refused(request, 404)
            raise
        if response.status_code >= 400:
            self._refused(request, response.status_code)
        if request.zegelfout is not None:
            with acting_as(wie.scope()):
                zegel_geweigerd(request.zegelfout, user.pk, wie.scope().kind)
        if response.get("Cache-Control") != ONVERANDERLIJK:
            response["Cache-Control"] = NO_STORE
        return response

    def _in_her_scope(self, request: TenantRequest, wie: Wie) -> HttpResponse:
        match = _match(request)
        may_pass = match is not None and match.view_name in WITHOUT_SIGNING
        if wie.moet_tekenen and not may_pass:
            return redirect("verklaring")
        request.plek = self._plek(request, wie)
        replace(wie.scope(request.plek.id if request.plek else None))
        return self._inside(request)

    def process_exception(
        self, request: TenantRequest, exception: Exception
    ) -> HttpResponse | None:
        """A page of its own for a sealed text that does not open; 500, so nothing of
        the request is kept.
        """
        if not isinstance(exception, ZegelFout):
            return None
        request.zegelfout = exception
        return render(request, "zegel.html", status=500)

    @staticmethod
    def _refused(request: TenantRequest, status: int) -> None:
        """Record what was not given, of pages that are about something."""
        match = _match(request)
        about = match is not None and {"pk", "slug"} & set(match.kwargs)
        if (
            match is None
            or request.wie is None
            or not (status >= 500 or (about and status in REFUSED))
        ):
            return
        part = match.route.partition("<uuid:pk>")[0].rstrip("/").rpartition("/")[2]
        with audit.through(audit.WEB, logboek.functies(request.wie)):
            logboek.pagina_geweigerd(
                request.wie,
                request.plek.id if request.plek else None,
                pagina=match.view_name,
                onderwerp=logboek.ENKELVOUD.get(part, "pagina"),
                ids=[match.kwargs["pk"]] if "pk" in match.kwargs else [],
                methode=request.method or "",
                status=status,
            )

    def _inside(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        return response

    @staticmethod
    def _plek(request: HttpRequest, wie: Wie) -> Plek | None:
        """The place of the tenant in the path; 404 when she has no role there."""
        match = _match(request)
        slug = match.kwargs.get("slug") if match else None
        if slug is None:
            return None
        plek = wie.by_slug(slug)
        if plek is None:
            raise Http404
        return plek
