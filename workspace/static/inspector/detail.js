// One entry, opened: what was sent, what came back, and how it went.

import { h, part } from "/static/js/dom.js";
import { ask } from "./asking.js";
import { LEVELS, longTime, took } from "./words.js";

const COPIED_MS = 4000;

export class Detail {
  constructor(zone, closed) {
    this.zone = zone;
    this.closed = closed;
    this.section = part("detail");
    this.empty = [...this.section.children];
    this.number = null;
    this.section.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.number !== null) this.close();
    });
  }

  async open(number) {
    this.number = number;
    try {
      const entry = await ask(`entries/${number}`);
      if (this.number === number) this.draw(entry);
    } catch (refused) {
      if (this.number === number) this.say(refused.message);
    }
  }

  /** Draw the open entry again, where it may have ended meanwhile. */
  async refresh() {
    if (this.number === null || this.level !== "waiting") return;
    await this.open(this.number);
  }

  draw(entry) {
    const hadFocus = this.section.contains(document.activeElement);
    this.level = entry.level;
    const title = h("h2", { id: "detail-title", tabindex: -1 }, entry.name);
    this.section.dataset.level = entry.level;
    this.show(title, [
      h("p", { class: "detail-says" }, h("b", {}, LEVELS[entry.level]), entry.says),
      h("dl", { class: "facts" }, ...fact("Entry", `${entry.number}, a ${entry.kind === "call" ? "call of the app" : "delivery to the app"}`), ...fact("About", entry.about), ...fact("Time there", longTime(entry.at, this.zone)), ...fact("Took", took(entry.ms))),
      ...text(entry.kind === "call" ? "What the app sent" : "What the app was sent", entry.payload),
      ...text(entry.kind === "call" ? "What it was answered" : "What it answered", entry.answer),
    ]);
    if (!hadFocus) title.focus({ preventScroll: false });
  }

  say(words) {
    const title = h("h2", { id: "detail-title", tabindex: -1 }, "Not there");
    this.show(title, [h("p", {}, words)]);
    title.focus();
  }

  show(title, nodes) {
    const close = h("button", { type: "button", class: "button", on: { click: () => this.close() } }, "Close");
    this.section.replaceChildren(h("header", { class: "detail-head" }, title, close), h("div", { class: "detail-body" }, ...nodes));
    document.body.classList.add("opened");
  }

  close() {
    const number = this.number;
    this.number = null;
    delete this.section.dataset.level;
    this.section.replaceChildren(...this.empty);
    document.body.classList.remove("opened");
    this.closed(number);
  }
}

function fact(name, value) {
  return value ? [h("dt", {}, name), h("dd", {}, value)] : [];
}

/** A heading, a button that copies, and JSON to read. */
function text(name, json) {
  if (json === null) return [h("h3", {}, name), h("p", { class: "soft" }, "Nothing came back.")];
  const read = pretty(json);
  const block = h("pre", { class: "json", tabindex: 0, "aria-label": name }, read);
  const said = h("span", { class: "copied", role: "status" });
  const copy = h("button", { type: "button", class: "button", "aria-label": `Copy: ${name}` }, "Copy");
  copy.addEventListener("click", () => copied(read, block, said));
  return [h("div", { class: "text-head" }, h("h3", {}, name), said, copy), block];
}

function pretty(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

async function copied(words, block, said) {
  try {
    await navigator.clipboard.writeText(words);
    said.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(block);
    said.textContent = "It is selected: press Ctrl and C";
  }
  setTimeout(() => { said.textContent = ""; }, COPIED_MS);
}
