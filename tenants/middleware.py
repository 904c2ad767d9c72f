"""One transaction with a signed database scope around view and template.

Duties, in order: (1) leave the sign-in pages alone, they work as the login role;
(2) public pages get the ``public`` scope whoever asks; (3) a signed-in person is
looked up in the narrow ``identity`` scope and goes on in her own; (4) the tenant in
the path is the one tenant that may be written; (5) a 5xx rolls everything back;
(6) a sealed text that does not open becomes a page that says nothing of it, and an
audit event that outlives the roll-back.

Guarded by tests/isolation/test_url_matrix.py.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

from privacy.zegel import ZegelFout
from privacy.zegel_geweigerd import zegel_geweigerd
from tenants.access import Plek, Wie, wie_for
from tenants.models import User
from tenants.scope import Scope, acting_as, replace

SIGN_IN = ("/accounts/", "/i18n/")
PUBLIC = ("/openbaar/", "/api/")
NO_STORE = "no-store"


class TenantRequest(HttpRequest):
    """A request after this middleware: ``wie`` acts, ``plek`` is the tenant's place.

    zegelfout: the sealed text that did not open, if there was one.
    """

    wie: Wie | None
    plek: Plek | None
    zegelfout: ZegelFout | None


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
        with acting_as(Scope("identity", user.pk)):
            request.wie = wie_for(user)
            request.plek = self._plek(request, request.wie)
            replace(request.wie.scope(request.plek.id if request.plek else None))
            response = self._inside(request)
        if request.zegelfout is not None:
            with acting_as(request.wie.scope()):
                zegel_geweigerd(request.zegelfout, user.pk, request.wie.scope().kind)
        response["Cache-Control"] = NO_STORE
        return response

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

    def _inside(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        return response

    @staticmethod
    def _plek(request: HttpRequest, wie: Wie) -> Plek | None:
        """The place of the tenant in the path; 404 when she has no role there."""
        try:
            slug = resolve(request.path_info).kwargs.get("slug")
        except Resolver404:
            return None
        if slug is None:
            return None
        plek = wie.by_slug(slug)
        if plek is None:
            raise Http404
        return plek
