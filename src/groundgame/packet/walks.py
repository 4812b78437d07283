"""The doors of turfs in walking order, and who lives behind them.

In:  TURFS, and DOORS and PEOPLE of a snapshot (PEOPLE may be only those wanted).
Out: Walks: a table of stops and a table of residents.

Protected people are in no packet. A door behind which nobody but protected people live
is left out too, and the stops are numbered anew, so that no gap tells of it. People who
were removed from the register are left out; they do not vote there any more. Marks that
turn the direction of writing are taken out of names: they would turn the age as well.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from groundgame.errors import WrongTable
from groundgame.tables import DOORS, PEOPLE, TURFS, ask

_STOPS = """
    with hidden as (
        select door_id from people group by door_id
        having bool_or(protected) and not bool_or(not protected and status <> 'removed')
    )
    select turf, row_number() over (partition by turf order by turfs.position)
            as position,
        door_id, building_id, number, street, unit, city, address, lon, lat
    from turfs join doors using (door_id)
    where door_id not in (select door_id from hidden where door_id is not null)
    order by turf, position
"""
_RESIDENTS = """
    select door_id, person_id,
        trim(regexp_replace(
            concat_ws(' ', first_name, middle_name, last_name, suffix),
            '[\\s\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+', ' ', 'g'
        )) as name,
        case when years between 0 and 125 then years end as age,
        party
    from (
        select *, coalesce(date_sub('year', birth_date, $day::date),
            year($day::date) - birth_year) as years
        from people
        where not protected and status <> 'removed'
    )
    where door_id in (select door_id from stops)
    order by door_id, name, person_id
"""
_UNPLACED = """
    select count(*) as lost from turfs left join doors using (door_id)
    where lon is null or lat is null
"""


@dataclass(frozen=True, slots=True)
class Walks:
    """One turf or many, ready to be put on paper or on a phone."""

    stops: pa.Table
    """turf, position, door_id, building_id, number, street, unit, city, address, lon,
    lat; by turf and position, which counts from 1 in each turf."""
    residents: pa.Table
    """door_id, person_id, name, age, party; by door and name."""
    left_out: int = 0
    """Doors of the turfs that no canvasser is to knock on."""

    @property
    def numbers(self) -> list[int]:
        """The turfs' numbers, in order."""
        numbers: set[Any] = set(self.stops["turf"].to_pylist())
        return sorted(numbers)

    def turf(self, number: int) -> Self:
        """Return the walk of one turf."""
        stops = self.stops.filter(
            pc.equal(self.stops["turf"], pa.scalar(number, pa.int32()))
        )
        here = pc.is_in(self.residents["door_id"], stops["door_id"])
        return type(self)(stops, self.residents.filter(here))


def walks(turfs: pa.Table, doors: pa.Table, people: pa.Table, *, on: date) -> Walks:
    """Join turfs with the doors and people of their snapshot; ages are as of `on`.

    Raises:
        WrongTable: A turf has a door that the snapshot lacks, or has no place for.
    """
    cut = TURFS.conform(turfs)
    here = {
        "turfs": cut,
        "doors": DOORS.conform(doors),
        "people": PEOPLE.conform(people),
    }
    lost = ask(_UNPLACED, here)["lost"][0].as_py()
    if lost:
        raise WrongTable("turfs", f"has {lost} doors that the snapshot does not place")
    stops = ask(_STOPS, here)
    residents = ask(_RESIDENTS, here | {"stops": stops}, day=on)
    return Walks(stops, residents, cut.num_rows - stops.num_rows)
