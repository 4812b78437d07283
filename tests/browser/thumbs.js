// What thumbs do with the phone app, in any browser: given a step's name, what it needs,
// and who is to be told `true`, or in words what was waited for in vain.
// biome-ignore lint/complexity/noArguments: drivers wrap this in a function and call it
const [step, ...given] = arguments;
const told = given.pop();
const EVERY = 50;
const TRIES = 400;
const LOOK = 500;

async function wait(what, find) {
  for (let n = 0; n < TRIES; n += 1) {
    const found = find();
    if (found) return found;
    await new Promise((go) => setTimeout(go, EVERY));
  }
  throw new Error(`waited in vain for ${what}`);
}

function seen(selector, words) {
  const shown = [...document.querySelectorAll(selector)].filter(
    (one) => one.getClientRects().length > 0 && !one.disabled,
  );
  return shown.find((one) => !words || new RegExp(words).test(one.innerText));
}

async function press(selector, words) {
  const button = await wait(`${selector} ${words ?? ""}`, () => seen(selector, words));
  button.click();
}

async function write(label, text) {
  const named = () =>
    [...document.querySelectorAll("label")].find((one) => one.innerText.startsWith(label));
  const found = await wait(label, named);
  const field = found.control ?? found.querySelector("input, textarea");
  field.value = text;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

const newer = () => document.documentElement.dataset.newer === "yes";
const offered = () => document.body.innerText.includes("There is a new version");

const steps = {
  async enter(name) {
    await write("Your first name", name);
    await press("button", "Get my turf");
    await wait("the list of doors", () => seen(".row"));
    await navigator.serviceWorker.ready;
  },
  async list() {
    await wait("the list of doors", () => seen(".row"));
  },
  async record(number) {
    await steps.list();
    const count = () => Number.parseInt(document.querySelector(".status-counts").innerText, 10);
    const before = count();
    await press("button", "^Next door");
    if (number % 3 === 0) {
      await press('.quick [data-result="not_home"]');
    } else {
      await press(".people button");
      await press('[data-group^="q-"]');
      await write("Note", `note ${number}: ¿mañana?`);
      await press("button", "^Save$");
    }
    await wait("one more to be saved", () => count() === before + 1);
    const said = () => document.body.innerText.includes("Saved on this phone");
    await wait("what was saved to be said", said);
    await new Promise((go) => setTimeout(go, LOOK)); // a thumb looks before the next tap
    await press("button", "^(Back|List)");
    await steps.list();
  },
  async begin(words) {
    await steps.list();
    await press("button", "^Next door");
    await press(".people button");
    await write("Note", words);
    await new Promise((go) => setTimeout(go, 2 * LOOK)); // and the draft is on the disk
  },
  async resume(words) {
    const known = await navigator.serviceWorker.getRegistration();
    await wait("a new version that waits", () => known.waiting);
    await press("button", "Go on with it");
    await wait(words, () => document.querySelector("#note")?.value === words);
    if (newer() || offered()) throw new Error("it did not wait for the sentence");
  },
  async finish() {
    await press('[data-group^="q-"]');
    await press("button", "^Save$");
    await wait("the new version to be offered", offered);
  },
  async renew() {
    const button = await wait("Reload", () => seen("button", "^Reload$"));
    setTimeout(() => button.click(), LOOK); // this script is told of it before it ends
  },
  async renewed() {
    await wait("the new version", newer);
  },
  async status(words) {
    await wait(words, () => document.querySelector(".status-counts")?.innerText === words);
  },
};

steps[step](...given).then(
  () => told(true),
  (problem) => told(`${problem}; the page says: ${document.body.innerText.slice(0, 400)}`),
);
