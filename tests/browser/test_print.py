"""The map of a cut is printed."""

from playwright.sync_api import expect

from tests.browser.conftest import DESK

MARKED = """map => {
    const paper = map.querySelector("[data-paper] svg");
    const all = (kind) => [...paper.querySelectorAll(kind)];
    const { width, height } = paper.viewBox.baseVal;
    return {
        numbers: all("text").map((text) => [
            Number(text.textContent),
            text.x.baseVal[0].value >= 0 && text.x.baseVal[0].value <= width
                && text.y.baseVal[0].value >= 0 && text.y.baseVal[0].value <= height,
        ]),
        marks: all("path[transform]").length,
    };
}"""


def test_the_map_prints_with_every_turf_and_door(elm, profile, tmp_path):
    """Each number once and on the page, and a mark for each door."""
    page = profile(DESK).pages[0]
    page.goto(elm.link("organizer"))
    page.goto(f"{elm.url}/turf/1/")
    expect(page.locator("ground-map[data-ready]")).to_be_visible(timeout=60_000)
    doors, turfs = page.evaluate(
        """[...document.querySelector("ground-map").turfs.values()].reduce(
            ([doors, turfs], held) => [
                doors + held.reduce((sum, { geometry }) => sum +
                    (geometry.type === "Point" ? 1 : geometry.coordinates.length), 0),
                turfs + 1,
            ],
            [0, 0],
        )"""
    )

    page.pdf(path=tmp_path / "cut.pdf")

    found = page.locator("ground-map").evaluate(MARKED)
    assert sorted(found["numbers"]) == [[turf, True] for turf in range(1, turfs + 1)]
    assert found["marks"] == doors > turfs > 1
