// @ts-check
/**
 * What people say at doors in the model: every kind of text that a keyboard can leave.
 *
 * @typedef {(packet: string, door: string) =>
 *   import("../../phone/core/event.js").Said} Said
 */

/** When the evening begins. */
export const NOON = 1_793_998_860_000;

const RESULTS = ["canvassed", "not_home", "refused", "come_back", "moved"];
const NOTES = [
  ...["", "", "", "Wants a repair man.", "Dice que sí, “quizás”.", "tab\tand\r\nline"],
  ...["half \ud83d of a face", "\u{1f3e0} 家", '"quoted" \\ and </script>', "  much room  "],
];

/**
 * @param {import("./chance.js").Chance} chance
 * @returns {Said}
 */
export function saying(chance) {
  return (packet, door) => {
    const result = chance.pick(RESULTS);
    const home = result === "canvassed";
    return {
      ...{ packet, door, result, script: "listening-1", note: chance.pick(NOTES) },
      person: home ? `elm:${door.replace("elm-door-", "elm-")}-1` : null,
      answers: home ? { support: String(chance.between(1, 6)), é: chance.pick(NOTES) } : {},
    };
  };
}
