"""The server's pages in the language of whoever reads them."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES"
SPANISH = {"headers": {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}}
SAID = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', re.MULTILINE)


def written():
    """Return what django.po says: English to one or two Spanish texts."""
    found: dict[str, list[str]] = {}
    last = ""
    for name, quoted in SAID.findall((CATALOGUE / "django.po").read_text("utf-8")):
        text = ast.literal_eval(quoted)
        if name == "msgid":
            last = text
        elif name.startswith("msgstr"):
            found.setdefault(last, []).append(text)
    return {said: texts for said, texts in found.items() if said}


def test_what_is_read_is_what_was_translated():
    """django.mo, which the server reads, says what django.po says and nothing else."""
    with (CATALOGUE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    for english, spanish in written().items():
        if len(spanish) == 1:
            assert compiled.gettext(english) == spanish[0]
        else:
            assert compiled.ngettext(english, "", 1) == spanish[0]
            assert compiled.ngettext(english, "", 2) == spanish[1]
    known = {key for key in compiled._catalog if isinstance(key, str) and key}
    assert known <= set(written())


def test_a_translation_fills_in_what_the_english_fills_in():
    """No name, number or address is lost on the way into Spanish."""
    holes = re.compile(r"%\(\w+\)s")
    for english, texts in written().items():
        for spanish in texts:
            assert set(holes.findall(spanish)) == set(holes.findall(english)), english


@pytest.mark.django_db
def test_a_canvasser_reads_their_turf_in_their_language(world, packet, signed_in):
    """The start page and the packet's page follow the phone; English stays English."""
    cass = signed_in(world.cass)
    for name, args, spanish, english in (
        ("home", [], "Mis recorridos", "My turfs"),
        ("packet", [packet.id], "Código del recorrido", "Turf code"),
    ):
        page = cass.get(reverse(name, args=args), **SPANISH).content.decode()
        plain = cass.get(reverse(name, args=args)).content.decode()
        assert spanish in page
        assert english not in page
        assert '<html lang="es">' in page
        assert english in plain


@pytest.mark.django_db
def test_what_is_not_there_is_said_in_spanish_too(world, signed_in):
    """A refusal is read when one is least in the mood for another language."""
    answer = signed_in(world.cass).get(reverse("cuts"), **SPANISH)

    assert answer.status_code == 404
    assert "Aquí no hay nada para usted" in answer.content.decode()
