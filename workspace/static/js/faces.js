// Small squares that stand for a person or the app. Decoration: the name is always beside it.

import { h } from "./dom.js";

const COLOURS = 8;

/** Draw somebody: two letters on a colour of their own, or the app's mark. */
export function face(id, name, { isApp = false } = {}) {
  if (isApp) return h("span", { class: "face face-app", "aria-hidden": "true" });
  const letters = name.split(/\s+/).filter(Boolean).map((word) => word[0]);
  const shown = [letters[0], letters.length > 1 ? letters.at(-1) : ""].join("").toUpperCase();
  return h("span", { class: `face face-${colour(id)}`, "aria-hidden": "true" }, shown || "?");
}

function colour(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % COLOURS;
}
