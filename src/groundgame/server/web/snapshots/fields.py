"""The fields of a voter file in words, for a list whose columns one names."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "person_id": _("Voter id"),
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "middle_name": _("Middle name"),
    "suffix": _("Suffix (Jr, Sr)"),
    "address": _("Address in one column"),
    "number": _("House number"),
    "street": _("Street"),
    "unit": _("Unit or apartment"),
    "city": _("City"),
    "zip": _("ZIP"),
    "birth_date": _("Date of birth"),
    "birth_year": _("Year of birth"),
    "age": _("Age"),
    "gender": _("Gender"),
    "party": _("Party"),
    "status": _("Status of the registration"),
    "registered": _("Date of registration"),
    "phone": _("Phone"),
    "county": _("County"),
    "municipality": _("Municipality"),
    "precinct": _("Precinct"),
    "ward": _("Ward"),
    "congressional": _("Congressional district"),
    "state_senate": _("State senate district"),
    "state_house": _("State house district"),
}
COMMON = tuple(FIELDS)[:11]
RARE = tuple(FIELDS)[11:]
