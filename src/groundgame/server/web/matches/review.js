// @ts-check
/** Keys for whoever looks through many rows; each presses a button that is there to see. */

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target instanceof Element && target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const button = document.querySelector(`[data-key="${CSS.escape(key.toLowerCase())}"]`);
  if (button instanceof HTMLElement) button.click();
});
