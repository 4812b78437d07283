// @ts-check
/**
 * Keys for whoever decides many rows: a number takes the answer in that place of the first
 * question that has none yet, n says that nothing is marked, Enter saves, s skips, u takes
 * the last decision back.
 */

/** @returns {HTMLInputElement[]} the answers of the first question without one */
function open() {
  for (const question of document.querySelectorAll("[data-question]")) {
    const answers = [...question.querySelectorAll("input")];
    if (!answers.some((answer) => answer.checked)) return answers;
  }
  return [];
}

document.addEventListener("keydown", (event) => {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const answers = open();
  const answer = key === "n" ? answers.at(-1) : answers[Number.parseInt(key, 10) - 1];
  if (answer) {
    answer.checked = true;
    answer.focus();
  } else if (key === "Enter" && event.target === document.body) {
    document.querySelector("form")?.requestSubmit();
  } else if (key === "s" || key === "u") {
    const button = document.querySelector(`[data-key="${key}"]`);
    if (button instanceof HTMLElement) button.click();
  }
});
