"""Signing in by a link that works once, and no signing up."""

from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from sesame.utils import get_token, get_user

from groundgame.server.store.models import User


class NoSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by whoever runs the server, never by visitors."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Return no."""
        return False


def link(user: User) -> str:
    """Return an address that signs `user` in once, within the hour."""
    query = urlencode({"token": get_token(user)})
    return f"{settings.BASE_URL}{reverse('sign-in-link')}?{query}"


@require_GET
@never_cache
def follow_link(request: HttpRequest) -> HttpResponseBase:
    """Sign in whoever shows a good link; a second factor is still asked for."""
    user = get_user(request.GET.get("token", ""))
    if user is None:
        return redirect(f"{reverse(settings.LOGIN_URL)}?link=spent")
    answer: HttpResponseBase = perform_login(request, user, redirect_url="/")
    return answer
