"""Tables of experiments that other programs wrote: read as they are meant, or refused.

Each file holds the same 400 people as the first one, so each gives the same estimate.
"""

import gzip
import json
from io import BytesIO

import polars as pl
import pytest

from groundgame.cli import main
from groundgame.cli.files import read_table
from groundgame.errors import UnreadableTable
from groundgame.values import Seed

PLAIN = ["--outcome", "voted", "--arm", "arm", "--control", "0"]
YES = {"0": "No", "1": "Yes"}


@pytest.fixture(scope="module")
def people():
    """Return 400 people, half of them visited."""
    chance = Seed(5).stream("tests.files")
    arm = chance.permutation([0, 1] * 200)
    return pl.DataFrame(
        {
            "voted": (chance.random(400) < 0.4 + 0.1 * arm).astype(int),
            "arm": arm,
            "age": chance.integers(18, 90, 400),
        }
    )


@pytest.fixture
def told(tmp_path, capsys):
    """Return a function that writes a file, and gives exit code, answer and refusal."""

    def told(body, asked=PLAIN, name="trial.csv"):
        path = tmp_path / name
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        code = main(["experiment", "estimate", str(path), *asked, "--json"])
        out = capsys.readouterr()
        return code, json.loads(out.out) if code == 0 else {}, out.err

    return told


def effect(people):
    """Return the difference in means."""
    means = people.group_by("arm").agg(pl.col("voted").mean()).sort("arm")["voted"]
    return means[1] - means[0]


def words(people, said):
    """Return people with their arms in words."""
    return people.with_columns(pl.col("arm").cast(pl.String).replace(said))


WAYS = {
    "commas": lambda p: p.write_csv(),
    "tabs": lambda p: p.write_csv(separator="\t"),
    "semicolons": lambda p: p.write_csv(separator=";"),
    "bars": lambda p: p.write_csv(separator="|"),
    "a mark of UTF-8": lambda p: b"\xef\xbb\xbf" + p.write_csv().encode(),
    "lines of Windows": lambda p: p.write_csv().replace("\n", "\r\n"),
    "letters of Windows": lambda p: (
        p.with_columns(town=pl.lit("Düren")).write_csv().encode("cp1252")
    ),
    "UTF-16": lambda p: p.write_csv().encode("utf-16"),
    "UTF-16 with tabs": lambda p: p.write_csv(separator="\t").encode("utf-16"),
    "lines that end in a return": lambda p: p.write_csv().replace("\n", "\r"),
    "packed": lambda p: gzip.compress(p.write_csv().encode()),
    "everything in quotes": lambda p: p.write_csv(quote_style="always"),
    "arms as 0.0 and 1.0": lambda p: p.with_columns(
        pl.col("arm").cast(float)
    ).write_csv(),
    "blanks around names": lambda p: p.rename(
        {"arm": " Arm ", "voted": "Voted"}
    ).write_csv(),
    "yes and no": lambda p: p.with_columns(
        pl.col("voted").cast(pl.String).replace(YES)
    ).write_csv(),
    "true and false": lambda p: p.with_columns(pl.col("arm") == 1).write_csv(),
}


@pytest.mark.parametrize("way", WAYS)
def test_however_it_is_written_it_is_the_same_experiment(people, told, way):
    """A separator, a mark or a letter case changes nobody's effect."""
    code, answer, refusal = told(WAYS[way](people))

    assert code == 0, refusal
    assert answer["arms"][0]["estimate"] == pytest.approx(effect(people))
    assert answer["n"] == 400


KINDS = {
    "categories": lambda p: p.with_columns(
        pl.col("voted").cast(pl.String).replace(YES).cast(pl.Categorical),
        pl.col("arm").cast(pl.String).cast(pl.Enum(["0", "1"])),
    ),
    "yes and no as bits": lambda p: p.with_columns(pl.col("voted", "arm") == 1),
    "decimals": lambda p: p.with_columns(pl.col("voted").cast(pl.Decimal(5, 2))),
    "short floats": lambda p: p.cast({"voted": pl.Float32, "arm": pl.Float32}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_of_any_type_is_the_same_experiment(people, told, kind):
    """R and pandas write factors as dictionaries, and flags as bits."""
    out = BytesIO()
    KINDS[kind](people).write_parquet(out)
    code, answer, refusal = told(out.getvalue(), name="trial.parquet")

    assert code == 0, refusal
    assert answer["arms"][0]["estimate"] == pytest.approx(effect(people))


def test_one_word_of_contact_may_be_what_counts(people, told):
    """--contacted 'result=Canvassed'; a cell of nothing is not known, and no other."""
    spoke = pl.when(pl.col("arm") == 0).then(pl.lit("NA")).otherwise(pl.lit("No"))
    spoke = pl.when(pl.col("age") > 60).then(pl.lit("Canvassed ")).otherwise(spoke)
    text = people.with_columns(result=spoke).write_csv()
    code, answer, refusal = told(text, [*PLAIN, "--contacted", "result=Canvassed"])

    assert code == 0, refusal
    assert "rows do not say whether they were reached" in answer["notes"][0]
    assert answer["arms"][0]["cace"]["errors"] == "HC0"


def test_a_few_other_numbers_in_a_yes_or_no_are_told(people, told):
    """-99 is a number, and nobody voted so: whoever left it there must hear of it."""
    odd = pl.when(pl.int_range(pl.len()) < 3).then(-99).otherwise("voted")
    code, answer, refusal = told(people.with_columns(voted=odd).write_csv())

    assert code == 0, refusal
    assert "3 of 400 outcomes are neither 0 nor 1 (-99)" in answer["notes"][0]


@pytest.mark.parametrize("nothing", ["", "NA", ".", ".b", "NaN", " ", "N/A", "null"])
def test_what_stands_for_nothing_is_a_missing_outcome(people, told, nothing):
    """R, Stata and spreadsheets each have a way to leave a cell empty."""
    lines = people.write_csv().splitlines()
    lines[1] = ",".join([nothing, *lines[1].split(",")[1:]])
    code, answer, refusal = told("\n".join(lines))

    assert code == 0, refusal
    missing = [answer["control"]["missing"], answer["arms"][0]["missing"]]
    assert (answer["n"], sum(missing)) == (399, 1)


@pytest.mark.parametrize("control", ["Control", "control", " Control"])
def test_a_label_may_have_blanks_and_commas(people, told, control):
    """An arm is called what the organizers called it."""
    named = words(people, {"0": "Control", "1": 'Civic duty, "mailed"'})
    asked = [*PLAIN[:-1], control]
    code, answer, refusal = told(named.write_csv(), asked)

    assert code == 0, refusal
    assert answer["arms"][0]["arm"] == 'Civic duty, "mailed"'


def test_one_word_may_be_what_counts(people, told):
    """--outcome 'voted=Voted' asks how many said just that."""
    said = {"0": "Did not vote", "1": "Voted"}
    text = people.with_columns(pl.col("voted").cast(pl.String).replace(said))
    asked = ["--outcome", "voted=Voted", *PLAIN[2:]]

    assert told(text.write_csv())[0] == 1
    assert told(text.write_csv(), asked)[1]["arms"][0]["estimate"] == pytest.approx(
        effect(people)
    )


def test_a_long_id_stays_what_it_is(people, told):
    """Twenty digits, the last ones different, are as many clusters: not one float."""
    ids = [f"9000000000000000{n:06}" for n in range(400)]
    text = people.with_columns(house=pl.Series(ids)).write_csv()
    code, answer, refusal = told(text, [*PLAIN, "--cluster", "house"])

    assert code == 0, refusal
    assert answer["clusters"] == 400


@pytest.mark.parametrize(
    "asked",
    [
        ["--covariates", "age,race"],
        ["--covariates", "age", "--covariates", "race"],
        ["--covariates", "age race"],
    ],
)
def test_covariates_come_in_any_way(people, told, asked):
    """With commas, with blanks or one by one; words become a column a word."""
    text = people.with_columns(race=pl.Series(["a", "b", "NA", "c"] * 100)).write_csv()
    code, answer, refusal = told(text, [*PLAIN, *asked])

    assert code == 0, refusal
    assert answer["estimator"].startswith("least squares with covariates")


def test_numbers_with_commas_are_numbers(people, told):
    """An income of 1,200 is no word; beside semicolons 1,5 is one and a half."""
    rich = people.with_columns(income=pl.format("1,{}", pl.col("age") + 100))
    half = people.with_columns(income=pl.format("1,{}", "age"))
    asked = [*PLAIN, "--covariates", "income"]

    assert told(rich.write_csv(), asked)[0] == 0
    assert told(half.write_csv(separator=";"), asked)[0] == 0


def test_a_block_of_one_arm_is_left_out_and_told(people, told):
    """There is nothing to compare in it; the others still say something."""
    arm = people["arm"].to_list()
    block = ["lonely" if n < 3 and arm[n] else f"b{n % 4}" for n in range(400)]
    text = people.with_columns(street=pl.Series(block)).write_csv()
    code, answer, refusal = told(text, [*PLAIN, "--block", "street"])

    assert code == 0, refusal
    assert answer["n"] == 400 - block.count("lonely")
    assert "1 of 5 values of street have one arm only" in answer["notes"][0]


def test_who_has_no_word_on_contact_was_not_reached(people, told):
    """Most files record contact in the treatment only."""
    opened = pl.when(pl.col("arm") == 1).then(pl.col("age") % 2).alias("opened")
    text = people.with_columns(opened).write_csv()
    code, answer, refusal = told(text, [*PLAIN, "--contacted", "opened"])

    assert code == 0, refusal
    assert "200 rows do not say whether they were reached" in answer["notes"][0]


AGAIN = ("--outcome", "arm")
REFUSED = {
    "no arm": ("voted,arm\n1,\n0,1\n1,0\n", [], "--where 'arm is not null'"),
    "a row too long": ("voted,arm\n1,0\n0,1,2\n", [], "not a whole table"),
    "a name twice": ("voted,arm,voted\n1,0,1\n0,1,0\n", [], "two columns of one name"),
    "nothing": ("", [], "not a whole table"),
    "a header alone": ("voted,arm\n", [], "0 arms"),
    "no end": ("voted,arm\ninf,0\n1,1\n0,1\n", [], "endless numbers"),
    "the outcome beside": (
        "voted,arm\n1,0\n0,1\n",
        ["--covariates", "voted"],
        "the covariate voted, which is the outcome",
    ),
    "two arms of one unit": (
        "voted,arm,id\n1,0,a\n0,1,a\n1,1,b\n",
        ["--unit", "id"],
        "1 rows that repeat a id, 1 of them in two arms",
    ),
    "a person twice": (
        "person_id,voted,arm\na,1,0\na,0,0\nb,1,1\nc,0,1\n",
        [],
        "1 rows that repeat a person_id",
    ),
    "a person in two arms": (
        "Person_ID,voted,arm\na,1,0\na,0,1\nb,1,1\nc,0,0\n",
        [],
        "1 of them in two arms",
    ),
    "streets that nobody named": (
        "voted,arm,street\n"
        + "".join(f"{n % 3 % 2},{n // 8 % 2},s{n // 8}\n" for n in range(80)),
        [],
        "name it with --cluster street",
    ),
    "no such group": (
        "voted,arm\n1,0\n0,1\n0,0\n1,1\n",
        ["--by", "ward"],
        "no column ward",
    ),
    "the arm as outcome": ("voted,arm\n1,0\n0,1\n", [*AGAIN], "for the outcome"),
    "a file of bytes": ("PK\0\3\0\nx", [], "no file of Stata, SPSS, R or Excel"),
    "one cluster an arm": (
        "voted,arm,house\n1,0,a\n0,0,a\n1,1,b\n0,1,b\n",
        ["--cluster", "house"],
        "one cluster in the arm",
    ),
    "contact that is no yes or no": (
        "voted,arm,opened\n1,0,0\n0,0,0\n1,1,3\n0,1,0\n",
        ["--contacted", "opened"],
        "other values than 0 and 1",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_meant_is_refused_with_a_next_step(told, case):
    """A traceback helps nobody at midnight."""
    text, more, says = REFUSED[case]
    code, _, refusal = told(text, [*PLAIN, *more])

    assert code == 1
    assert says in refusal
    assert "Traceback" not in refusal


def test_several_rows_of_a_person_are_a_cluster(told):
    """Who says that people were asked several times is believed."""
    rows = [f"p{n // 2},{n % 3},{n // 2 % 2}" for n in range(40)]
    text = "\n".join(["person_id,voted,arm", *rows])
    code, answer, refusal = told(text, [*PLAIN, "--cluster", "person_id"])

    assert code == 0, refusal
    assert answer["clusters"] == 20


def test_the_level_may_be_taken_as_it_is_stated(told):
    """A column that came after the draw stops nobody who says so."""
    rows = [f"{n % 3 % 2},{n // 8 % 2},s{n // 8}" for n in range(80)]
    text = "\n".join(["voted,arm,street", *rows])

    assert told(text, PLAIN)[0] == 1
    assert told(text, [*PLAIN, "--as-stated"])[1]["n"] == 80


LISTS = {
    "semicolons": lambda text: text.replace(",", ";").encode(),
    "tabs": lambda text: text.replace(",", "\t").encode(),
    "a mark of UTF-8": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "letters of Windows": lambda text: text.replace("Elm", "Düren").encode("cp1252"),
    "packed": lambda text: gzip.compress(text.encode()),
    "lines that end in a return": lambda text: text.replace("\n", "\r").encode(),
}


@pytest.mark.parametrize("way", LISTS)
def test_units_and_lists_are_read_as_outcomes_are(tmp_path, way):
    """One look at a file for all commands: what estimate reads, assign reads too."""
    path = tmp_path / "doors.csv"
    path.write_bytes(LISTS[way]("door_id,town\n007,Elm\n008,Elm\n"))
    table = read_table(path, "a column door_id")

    assert table["door_id"].to_pylist() == ["007", "008"]
    assert table.column_names == ["door_id", "town"]


def test_a_list_that_is_no_text_is_refused(tmp_path):
    """An Excel file is named, and not taken for a strange table."""
    path = tmp_path / "doors.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00door_id\n")
    with pytest.raises(UnreadableTable, match="no file of Stata, SPSS, R or Excel"):
        read_table(path, "a column door_id")
