"""Signing in with an authenticator app (TOTP), in Django. Passwords, which would come before that, are left out."""

import os
import secrets
import sys
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST
from twilio.rest import Client

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "testserver"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
)
users: dict[str, str] = {}  # by name: the SID of the authenticator app


def entity(name: str):
    """A user as Verify knows them: by something that says nothing about them."""
    service = Client().verify.v2.services(os.environ["VERIFY_SERVICE_SID"])
    return service.entities(uuid5(NAMESPACE_URL, name).hex)


@require_POST
def enrol(request):
    """A new user gets a secret for the authenticator app, which a page would show as a QR code."""
    name = request.POST["name"]
    factor = entity(name).new_factors.create(friendly_name=name, factor_type="totp")
    request.session["enrolling"] = [name, factor.sid]
    return JsonResponse({"factor": factor.sid, "uri": factor.binding["uri"]})


@require_POST
def confirm(request):
    """The first code shows that the app has the secret."""
    name, sid = request.session["enrolling"]
    if entity(name).factors(sid).update(auth_payload=request.POST["code"]).status != "verified":
        return JsonResponse({"error": "That is not the code."}, status=401)
    users[name] = sid
    return JsonResponse({"enrolled": name})


@require_POST
def login(request):
    """Somebody types a name, and the code that the app shows now."""
    name, code = request.POST["name"], request.POST["code"]
    if name not in users or not is_code(name, code):
        return JsonResponse({"error": "That is not the code."}, status=401)
    request.session["name"] = name
    return JsonResponse({"signed in as": name})


def is_code(name: str, code: str) -> bool:
    """Whether a user's app shows this code, and nobody has used it before."""
    challenge = entity(name).challenges.create(factor_sid=users[name], auth_payload=code)
    return challenge.status == "approved"


urlpatterns = [path("enrol", enrol), path("confirm", confirm), path("login", login)]
application = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line([*sys.argv, "runserver", "--noreload", os.environ.get("PORT", "5000")])
