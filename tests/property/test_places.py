"""Laws of places, whatever streets there are and whoever is missing on them."""

import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from groundgame.voterfile.places import between, part, region, search
from groundgame.voterfile.places.methods import EVERY
from groundgame.voterfile.places.part import Piece, place_part
from tests.unit.voterfile.places.town import doors, known, point

NAMES = ("Elm St", "Oak Ave", "Jamaica Ave", "217th St", "218th St", "N Elm St")
numbers = st.integers(1, 60).map(str) | st.builds(
    "{}-{:02}".format, st.integers(220, 223), st.integers(1, 40)
)
metres = st.integers(0, 800)
houses = st.tuples(numbers, st.sampled_from(NAMES), metres, metres)
towns = st.lists(houses, min_size=1, max_size=40)
asked = st.lists(
    st.tuples(numbers, st.sampled_from([*NAMES, "Jamacia Av", "Elm", "Birch St"])),
    min_size=1,
    max_size=20,
)


def lines(town):
    """Return a town's houses as a list of points."""
    return [point(n, street, north=up, east=on) for n, street, up, on in town]


def rows(wanted):
    """Return doors: a number and a street each."""
    return pl.concat(doors(number, street=street) for number, street in wanted)


def found(town, wanted):
    """Return what becomes of doors in a town."""
    with tempfile.TemporaryDirectory() as folder:
        return search.search(rows(wanted), known(Path(folder), *lines(town)))


def beyond(town, wanted):
    """Return how many interpolated doors lie outside the box of all houses there.

    A door past the last number goes on a little; a door between two never does. So ask
    only for doors with a lower and a higher number on their side of their street.
    """
    placed = found(town, wanted).to_dicts()
    outside = 0
    for (number, street), door in zip(wanted, placed, strict=True):
        ends = neighbours(town, number, street)
        if door["placed_by"] != "interpolation" or ends is None:
            continue
        outside += not any(between_two(door, two) for two in ends)
    return outside


def between_two(door, ends):
    """Say whether a door lies in the box of two houses."""
    return all(
        min(end[at] for end in ends) - 1e-6
        <= door[at]
        <= max(end[at] for end in ends) + 1e-6
        for at in ("lon", "lat")
    )


def neighbours(town, number, street):
    """Return the next lower and higher house of its side, and of either side.

    None if it has no neighbours on either hand, or if numbers are not plain.
    """
    there = {}
    for line in lines([house for house in town if house[1] == street]):
        lon, lat, its, *_ = line.split(",")
        if "-" in its or its in there:
            return None
        there[its] = {"lon": float(lon), "lat": float(lat)}
    if "-" in number:
        return None
    either = [int(its) for its in there]
    own = [its for its in either if its % 2 == int(number) % 2]
    found = []
    for side in (own, either):
        low = max((its for its in side if its < int(number)), default=None)
        high = min((its for its in side if its > int(number)), default=None)
        if low is not None and high is not None:
            found.append((there[str(low)], there[str(high)]))
    return found or None


STREET = [("2", "Elm St", 10, 0), ("4", "Elm St", 20, 5), ("10", "Elm St", 90, 9)]


@settings(deadline=None, max_examples=30)
@given(towns, asked)
@example(STREET, [("6", "Elm St"), ("8", "Elm St")])
def test_a_door_never_leaves_the_way_between_its_neighbours(town, wanted):
    """However houses are strewn about, 6 lies between 4 and 8."""
    assert beyond(town, wanted) == 0


@settings(deadline=None, max_examples=20)
@given(towns, asked, st.randoms(use_true_random=False))
@example(
    [("4", "Elm St", 0, 0), ("4", "Elm St", 9, 0), ("4", "Elm St", 90, 0)],
    [("4", "Elm St")],
    None,
)
def test_the_order_of_points_and_doors_changes_nothing(town, wanted, shuffler):
    """A county may sort its list as it likes."""
    assert other_order(town, wanted, shuffler) == []


def other_order(town, wanted, shuffler):
    """Return the doors that lie elsewhere when all rows come in another order."""
    moved, turned = list(town), list(wanted)
    if shuffler is None:
        moved.reverse(), turned.reverse()
    else:
        shuffler.shuffle(moved)
        shuffler.shuffle(turned)
    here = dict(zip(wanted, found(town, wanted).rows(), strict=True))
    there = dict(zip(turned, found(moved, turned).rows(), strict=True))
    return [door for door in here if here[door] != there[door]]


@settings(deadline=None, max_examples=20)
@given(towns, asked)
@example(STREET, [("4", "Elm St"), ("6", "Elm St"), ("4", "Birch St"), ("900", "Elm")])
def test_each_door_is_counted_once(town, wanted):
    """Doors = those placed by each method + those that are not."""
    assert miscounted(town, wanted) == 0


def miscounted(town, wanted):
    """Return by how much rows and counts of a part differ from its doors."""
    twice = abs(found(town, wanted).height - len(wanted))
    if twice:
        return twice
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        map_ = known(folder, *lines(town))
        ids = pl.Series("door_id", [str(n) for n in range(len(wanted))])
        rows(wanted).with_columns(ids).write_parquet(folder / "doors.parquet")
        piece = Piece(folder / "doors.parquet", folder / "to/0000.parquet", map_.folder)
        counts = place_part(piece)
        places = pl.read_parquet(piece.to)
        off = abs(places.height - len(wanted))
        for method in EVERY:
            by = None if method == "none" else method
            there = places.filter(pl.col("placed_by").eq_missing(by)).height
            off += abs(counts[method].doors - there)
        return off + abs(sum(one.doors for one in counts.values()) - len(wanted))


def overshoots(monkeypatch, fired):
    """A planted bug: twice as far along the way, and no stop at its end."""
    share = between._share

    def too_far():
        fired.append(1)
        return share() * 2

    def no_stop(low, high):
        return pl.col(low) + pl.col("share") * (pl.col(high) - pl.col(low))

    monkeypatch.setattr(between, "_share", too_far)
    monkeypatch.setattr(between, "_on_the_way", no_stop)
    return beyond(STREET, [("8", "Elm St")])


def takes_the_last_point(monkeypatch, fired):
    """A planted bug: of several points of an address, whichever comes last."""
    gather = region._houses

    def last(points):
        fired.append(1)
        turned = points.with_row_index("at").sort("at")
        once = turned.group_by("street", "number", maintain_order=True).last()
        kept = gather(points).drop("lon", "lat")
        return kept.join(
            once.select("street", "number", "lon", "lat"), on=["street", "number"]
        )

    monkeypatch.setattr(region, "_houses", last)
    monkeypatch.setattr("groundgame.voterfile.places.known._sort", unsorted)
    town = [("4", "Elm St", 0, 0), ("4", "Elm St", 9, 0), ("4", "Elm St", 90, 0)]
    return len(other_order(town, [("4", "Elm St")], None))


def unsorted(folder):
    """A planted bug: points stay in the order of their list."""
    parts = sorted((folder / "read").glob("*.parquet"))
    pl.concat(pl.read_parquet(one) for one in parts).write_parquet(
        folder / "points.parquet"
    )


def places_twice(monkeypatch, fired):
    """A planted bug: a door that has been placed stays among those to look for."""
    turn = search._Hunt.turn

    def forgetful(self, method):
        fired.append(1)
        left = self.left
        turn(self, method)
        self.left = left

    monkeypatch.setattr(search._Hunt, "turn", forgetful)
    return miscounted(STREET, [("4", "Elm St"), ("900", "Birch St")])


def forgets_the_lost(monkeypatch, fired):
    """A planted bug: doors without a place are in no count."""
    counted = part._counted

    def blind(placed):
        fired.append(1)
        return counted(placed.drop_nulls("placed_by"))

    monkeypatch.setattr(part, "_counted", blind)
    return miscounted(STREET, [("4", "Elm St"), ("9000", "Elm St")])


@pytest.mark.parametrize(
    "bug", [overshoots, takes_the_last_point, places_twice, forgets_the_lost]
)
def test_a_planted_bug_breaks_a_law(monkeypatch, bug):
    """Each law can be broken: the bug ran, and the law saw it."""
    fired = []

    assert bug(monkeypatch, fired) > 0
    assert fired
