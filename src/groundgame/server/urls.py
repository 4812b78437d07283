"""Every address of the server."""

from django.urls import include, path

from groundgame.server import files, sign_in
from groundgame.server.api import api

urlpatterns = [
    path("api/", api.urls),
    path("phone/", files.phone_file, name="phone"),
    path("phone/precache.json", files.precache, name="phone-precache"),
    path("phone/<path:name>", files.phone_file, name="phone-file"),
    path("vendor/<path:name>", files.vendor_file, name="vendor-file"),
    path("sign-in/link/", sign_in.follow_link, name="sign-in-link"),
    path("account/", include("allauth.urls")),
    path("", include("groundgame.server.web.urls")),
]
