"""A phone that empties the app's storage in mid-shift: the app says what is missing."""

from playwright.sync_api import expect

from tests.browser import canvasser
from tests.browser.test_shift import on_server


def test_a_shelf_that_the_phone_emptied_is_noticed_and_counted(elm, profile):
    """Two of three were sent; the database goes; the app says that one is lost."""
    before = on_server(elm.data)
    phone = profile()
    page = phone.pages[0]
    canvasser.enter(page, elm.url, elm.demo["code"])
    for number in (0, 1):
        canvasser.record(page, number)
    canvasser.status(page, "2 saved here, 0 not sent")
    phone.set_offline(True)
    canvasser.record(page, 2)
    canvasser.status(page, "3 saved here, 1 not sent")

    page.goto("about:blank")  # no page of the app has it open
    evict = {"origin": elm.url, "storageTypes": "indexeddb"}
    phone.new_cdp_session(page).send("Storage.clearDataForOrigin", evict)
    phone.set_offline(False)
    page.goto(f"{elm.url}/phone/")

    warning = page.get_by_role("alert")
    expect(warning).to_contain_text("emptied this app", timeout=canvasser.OPEN)
    expect(warning).to_contain_text("3 had been saved here; 1 of them had not")
    # What is sent as the page closes may arrive yet: then less is lost than is feared
    assert len(on_server(elm.data)) - len(before) in {2, 3}


LOSE_ONE = """
  () => new Promise((done, failed) => {
    const opening = indexedDB.open("groundgame");
    opening.onerror = failed;
    opening.onsuccess = () => {
      const writing = opening.result.transaction("events", "readwrite");
      const events = writing.objectStore("events");
      events.index("seq").openCursor(IDBKeyRange.only(2)).onsuccess = (found) => {
        found.target.result.delete();
      };
      writing.oncomplete = () => { opening.result.close(); done(); };
    };
  })
"""


def test_the_servers_high_water_names_what_is_nowhere(elm, profile):
    """Number 2 of three vanished before it was sent: the app names it, and sends on."""
    before = on_server(elm.data)
    phone = profile()
    page = phone.pages[0]
    canvasser.enter(page, elm.url, elm.demo["code"])
    phone.set_offline(True)
    for number in range(3):
        canvasser.record(page, number)
    page.evaluate(LOSE_ONE)
    phone.set_offline(False)

    words = "1 entry of this phone (number 2) is neither here nor on the server."
    expect(page.get_by_text(words)).to_be_visible(timeout=canvasser.OPEN)
    assert len(on_server(elm.data)) == len(before) + 2
