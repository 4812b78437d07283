"""Make a host ready: its data folder, its secret key, its tables."""

import os
import secrets
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def prepare(data: Path) -> None:
    """Make the data folder and this host's secret key, and set Django up."""
    data.mkdir(parents=True, exist_ok=True)
    os.environ["GROUNDGAME_DATA"] = str(data.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "groundgame.server.settings")
    if not os.environ.get("GROUNDGAME_SECRET_KEY"):
        _make_key(data / "secret-key")
    django.setup()


def _make_key(path: Path) -> None:
    """Write a secret key that only this user can read, unless there is one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))


def migrate() -> None:
    """Bring the book's tables up to date."""
    call_command("migrate", interactive=False, verbosity=0)
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        Path(settings.DATABASES["default"]["NAME"]).chmod(0o600)
