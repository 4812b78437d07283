// @ts-check
/** The rule builder: examples fill the rule in, and the map follows what was counted. */

const rule = /** @type {HTMLTextAreaElement} */ (document.querySelector("#id_rule"));

/** @param {string} text what the rule is from now on; it is counted as if it were typed */
function write(text) {
  rule.value = text;
  rule.dispatchEvent(new Event("input", { bubbles: true }));
  rule.focus();
}

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button[data-rule]");
  if (button instanceof HTMLElement) write(button.dataset.rule ?? "");
});

// The server has put a condition into the rule, with brackets where they are needed.
document.body.addEventListener("rule-joined", (event) => {
  write(/** @type {CustomEvent<{ rule: string }>} */ (event).detail.rule);
});

// The server says where the doors of the rule it has just counted are to be had.
document.body.addEventListener("rule-read", (event) => {
  const { map } = /** @type {CustomEvent<{ map: string }>} */ (event).detail;
  document.querySelector("density-map")?.setAttribute("src", map);
});
