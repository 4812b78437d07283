"""The main job by commands alone, over the real addresses of Queens Village."""

import json
import subprocess
import sys

import pyarrow.csv as pa_csv
import pytest
from pypdf import PdfReader

from groundgame.cli import main
from tests.house.measure import HOUSE

ADDRESSES = HOUSE.parent / "shared/data/streets/queens-village-ny-addresses.csv.gz"
POINTS = 32_255


@pytest.fixture
def queens(tmp_path):
    """Invented voters over every one of the real addresses."""
    if not ADDRESSES.exists():
        pytest.skip("the real addresses are not here (../shared/data)")
    make = [sys.executable, str(HOUSE / "examples/elm/make.py")]
    make += ["--over", str(ADDRESSES), str(tmp_path / "files")]
    subprocess.run(make, check=True, capture_output=True)
    return tmp_path


def answer(capsys, *words):
    """Run a command, and return the one object it prints."""
    assert main([*map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_from_the_file_to_paper(queens, capsys, monkeypatch):
    """Each row is accounted for, each door is in one turf, and the paper has it."""
    monkeypatch.chdir(queens)
    files, turfs = queens / "files", queens / "turfs.parquet"
    where = ["--addresses", files / "addresses.csv", "--dated", "2025-01-15"]
    read = answer(
        capsys, "voterfile", "import", files / "voters.csv", "--layout", "elm", *where
    )
    assert read["rows"] == read["accepted"] + read["refused"] + read["merged"]
    assert read["doors"] > 0.99 * POINTS

    listed = answer(capsys, "universe", "list", "everyone", "-o", "doors.csv")
    cut = answer(capsys, "turf", "cut", "doors.csv", "-o", turfs)
    assert cut["doors"] + cut["left_out"] == listed["doors"]
    assert 40 <= cut["least"] <= cut["most"] <= 50

    ordered = answer(capsys, "turf", "order", turfs, "doors.csv", "-o", "walks.csv")
    assert ordered["metres"] <= cut["metres"] + 0.1
    walks = pa_csv.read_csv("walks.csv")
    assert len(set(walks["door_id"].to_pylist())) == walks.num_rows == cut["doors"]

    printed = answer(
        capsys, "packet", "print", "walks.csv", "--turf", "7", "-o", "seven.pdf"
    )
    paper = "".join(page.extract_text() for page in PdfReader("seven.pdf").pages)
    assert printed["doors"] >= 40
    assert "Turf 7" in paper
