// Small squares that stand for a person or the app. Decoration: the name is always beside it.
// Two letters, or the number of somebody who goes by one.

import { h } from "./dom.js";

const COLOURS = 8;

/** Draw somebody: two letters on a colour of their own, or the app's mark. */
export function face(id, name, { isApp = false } = {}) {
  if (isApp) return h("span", { class: "face face-app", "aria-hidden": "true" });
  return h("span", { class: `face face-${colour(id)}`, "aria-hidden": "true" }, short(name) || "?");
}

function short(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  if (/^\d+$/.test(words.at(-1))) return words.at(-1).slice(-2);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "").join("").toUpperCase();
}

function colour(id) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % COLOURS;
}
