"""The door of every page that is not public: who is not signed in, signs in first.

Which page somebody may open after that is asked in the view, through access.py.

Guarded by tests/isolation/test_url_matrix.py.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http.response import HttpResponseBase

from tenants.access import Wie
from tenants.middleware import TenantRequest

P = ParamSpec("P")


class SignedRequest(TenantRequest):
    """A request by somebody who is signed in: ``wie`` is never None."""

    wie: Wie


def signed_in(
    view: Callable[Concatenate[SignedRequest, P], HttpResponseBase],
) -> Callable[Concatenate[SignedRequest, P], HttpResponseBase]:
    """Send a visitor to the sign-in page, and back here afterwards."""

    @wraps(view)
    def door(
        request: SignedRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if request.wie is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return door
