// @ts-check
/**
 * Every word the app says, by language. A language is one more object with the same keys;
 * a word with a count has one form for each plural the language knows.
 */

export const WORDS = {
  en: {
    app: "groundgame",
    loading: "Opening what this phone holds ...",

    "enter.title": "Start your turf",
    "enter.lead": "Type the turf code from your walk sheet, or scan its square.",
    "enter.name": "Your first name",
    "enter.code": "Turf code",
    "enter.code.hint": "8 letters and digits, such as 7KQ2-MX4P",
    "enter.go": "Get my turf",
    "enter.going": "Getting your turf ...",
    "enter.scan": "Scan the square",
    "enter.scan.stop": "Stop scanning",
    "enter.scan.how": "Hold the printed square in front of the camera.",
    "enter.scan.none": "The camera could not be used. Type the code instead.",
    "enter.back": "Back to my turf",
    "refusal.name": "Type your first name, so that your organizer knows whose notes these are.",
    "refusal.shape": "That is not a whole code: it has 8 letters and digits. Look again?",
    "refusal.unknown-code": "No turf has this code. Check each letter, or ask your organizer.",
    "refusal.expired-code": "This code has run out. Ask your organizer for a new one.",
    "refusal.used-up-code":
      "This code is already in use on as many phones as it is good for. Ask your organizer for another.",
    "refusal.too-many": "Too many wrong codes. Wait a minute, then try again.",
    "refusal.offline":
      "No connection. Loading a turf needs the network once; after that it works without.",
    "refusal.server": "The server gave no proper answer. Try again in a minute.",
    "refusal.newer":
      "This turf needs a newer version of the app. Reload this page, then try again.",

    "status.counts": "{saved} saved here, {unsent} not sent",
    "status.safe": "All safe on the server",
    "status.none": "Nothing recorded yet",
    "status.sending": "Sending ...",
    "status.waiting": "Will send by itself",
    "status.offline": "No connection: will send by itself",
    "status.portal": "This network wants a sign-in: open any web page, or switch Wi-Fi off",
    "status.busy": "The server is busy: will try again by itself",
    "status.unclear": "The server did not answer clearly: will try again by itself",
    "status.choked": "The server could not take some of it: kept here, tell your organizer",
    "status.refused": "The server does not know this phone any more: tap here",
    "status.details": "Details",

    "turf.progress": {
      one: "{tried} of {n} door knocked, {left} to go",
      other: "{tried} of {n} doors knocked, {left} to go",
    },
    "turf.building": { one: "{address}: {n} door", other: "{address}: {n} doors" },
    "turf.empty": "There are no doors in this turf. Ask your organizer for another.",
    "turf.finished": "Every door has been knocked. Thank you!",
    "turf.expired": "This turf's time has run out. What you record is still kept and sent.",
    "turf.ended":
      "This turf is no longer in your hand, so its doors have left this phone. All you recorded is kept and sent.",
    "turf.draft": "Not finished: {address}",
    "turf.draft.open": "Go on with it",
    "turf.next": "Next",
    "state.left": "To do",
    "state.again": "{result}, try again",
    "state.done": "{result}, done",

    "nav.main": "Your turf",
    "nav.list": "List",
    "nav.map": "Map",
    "nav.next": "Next door",
    "nav.next.none": "All doors done",
    "nav.back": "Back",

    "map.title": "Map of {turf}",
    "map.hint": "Tap a house.",
    "map.left": "To do",
    "map.again": "Try again",
    "map.done": "Done",
    "map.next": "Next",
    "map.where": "Where am I?",
    "map.where.none": "This phone does not say where it is.",
    "map.none": "This phone cannot draw the map. The list has every door, in walking order.",
    "map.close": "Close",

    "door.who": "Who opened?",
    "door.nobody": "Somebody else, or nobody",
    "door.unlisted": "Nobody is listed here.",
    "door.quick": "Nobody came? One tap:",
    "door.history": "Recorded at this door",
    "door.history.none": "Nothing recorded here yet.",
    "door.dnc": "Do not contact. Please do not knock here.",
    "door.unit": "Unit {unit}",
    "door.age": "age {age}",
    "door.draft": "Not finished",
    "door.gone": "This door is not in your turf.",
    "door.sent": "On the server",
    "door.unsent": "On this phone, not sent yet",
    "door.quarantined": "On the server; an organizer will look at it",
    undo: "Undo",
    "undo.sure": "Take this back?",
    "undo.yes": "Yes, undo",
    "undo.no": "Keep it",
    "undo.done": "Undone",

    "talk.with": "With {name}",
    "talk.nobody": "Nobody in particular",
    "talk.say": "Say",
    "talk.result": "How did it end?",
    "talk.questions": "What did they say?",
    "talk.optional": "Skip whatever did not come up.",
    "talk.note": "Note",
    "talk.note.hint": "What matters to them, in their words",
    "talk.save": "Save",
    "talk.saving": "Saving ...",
    "talk.choose": "Choose how it ended, then save.",
    "talk.discard": "Throw this draft away",
    saved: "Saved on this phone",

    "notsaved.title": "Not saved",
    "notsaved.full":
      "This phone's storage is full. Everything you saved earlier is safe, and this is still on the screen. Delete some photos or apps, then try again.",
    "notsaved.closed":
      "The phone closed its storage just now. Everything you saved earlier is safe. Try again.",
    "notsaved.failed":
      "This phone's storage did not answer. Everything you saved earlier is safe. Try again; if that fails, close the app and open it again.",
    "notsaved.left":
      "This turf was taken off the phone in another window. What you wrote is still on the screen: enter the turf's code again, then save.",
    "notsaved.ok": "All right",
    "broken.title": "This browser keeps nothing",
    "broken.lead":
      "The app must keep your conversations on the phone, and this browser does not allow it. Is it a private window? Open the app in a normal one.",
    "broken.insecure":
      "The app works only over a secure connection. Open it by the address that begins with https.",
    "broken.again": "Try again",
    "gone.title": "The phone emptied this app's storage",
    "gone.lead": {
      one: "{saved} had been saved here; {n} of them had not been sent and is lost. Please tell your organizer, and record it again if you remember it.",
      other:
        "{saved} had been saved here; {n} of them had not been sent and are lost. Please tell your organizer, and record them again if you remember them.",
    },
    "gone.none":
      "{saved} had been saved here. All of them are safe on the server. Enter your turf code again to go on.",
    "gone.ok": "I have read this",
    "lost.lead": {
      one: "{n} entry of this phone (number {which}) is neither here nor on the server. Please tell your organizer.",
      other:
        "{n} entries of this phone (numbers {which}) are neither here nor on the server. Please tell your organizer.",
    },
    "update.ready": "There is a new version. Your conversations stay as they are.",
    "update.now": "Reload",

    "more.title": "This phone",
    "more.send": "Send now",
    "more.again": "Enter the turf code again",
    "more.turfs": "Turfs on this phone",
    "more.here": "Open now",
    "more.open": "Open",
    "more.add": "Add a turf",
    "more.leave": "Leave this turf",
    "more.leave.sure": "Take {turf} off this phone? All you recorded is on the server.",
    "more.leave.yes": "Yes, leave it",
    "more.leave.blocked": {
      one: "{n} entry has not been sent. It must be sent, or it would be lost, so this turf stays on the phone until then.",
      other:
        "{n} entries have not been sent. They must be sent, or they would be lost, so this turf stays on the phone until then.",
    },
    "more.rescue": "Save a rescue file",
    "more.rescue.why":
      "If this phone cannot send, save what is not sent into a file and give the file to your organizer. The entries stay here as well.",
    "more.rescue.done": "Rescue file saved. Give it to your organizer.",
    "more.name": "You are {name}.",
    "more.persisted": "The phone has promised not to clear this app's storage by itself.",
    "more.unpersisted":
      "The phone may clear this app's storage when it is full. Install the app to the home screen to prevent that.",

    "result.canvassed": "Canvassed",
    "result.not_home": "Not Home",
    "result.refused": "Refused",
    "result.come_back": "Come Back",
    "result.lit_dropped": "Lit Dropped",
    "result.inaccessible": "Inaccessible",
    "result.moved": "Moved",
    "result.deceased": "Deceased",
    "result.language_barrier": "Language Barrier",
    "result.vacant": "Vacant",
    "result.do_not_contact": "Do Not Contact",
    "result.hostile": "Hostile",
  },
};
