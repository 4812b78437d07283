// @ts-check
/** The rule builder: examples fill the rule in, and the map follows what was counted. */

const rule = /** @type {HTMLTextAreaElement} */ (document.querySelector("#id_rule"));

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button[data-rule]");
  if (!(button instanceof HTMLElement)) return;
  rule.value = button.dataset.rule ?? "";
  rule.dispatchEvent(new Event("input", { bubbles: true }));
  rule.focus();
});

// The server says where the doors of the rule it has just counted are to be had.
document.body.addEventListener("rule-read", (event) => {
  const { map } = /** @type {CustomEvent<{ map: string }>} */ (event).detail;
  document.querySelector("density-map")?.setAttribute("src", map);
});
