// The list of entries: newest last, followed while its end is in sight, walked with the arrows.

import { h, part } from "/static/js/dom.js";
import { KINDS, LEVELS, shortTime, took } from "./words.js";

const MOST_ROWS = 1000;
const NEAR_END = 48;

export class List {
  constructor(zone, opened) {
    this.zone = zone;
    this.opened = opened;
    this.rows = new Map();
    this.follows = true;
    this.list = part("list");
    this.scroller = part("scroller");
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.clicked(event));
    this.scroller.addEventListener("scroll", () => this.scrolled());
    part("to-newest").addEventListener("click", () => this.toEnd());
    // A banner or a panel that opens must not hide the newest entry from whoever follows.
    new ResizeObserver(() => this.follows && this.toEnd()).observe(this.scroller);
  }

  get first() {
    return this.list.firstElementChild;
  }

  get isAtEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  /** Put these entries in the place of all there are. */
  replace(entries) {
    this.rows.clear();
    this.list.replaceChildren();
    this.add(entries, { follow: true });
  }

  /** Add what is newer, draw again what changed, and take away what is asked for no longer. */
  add(entries, { follow = this.follows, left = [] } = {}) {
    for (const number of left) if (this.rows.has(number)) this.drop(this.rows.get(number));
    for (const entry of entries) this.put(entry);
    while (follow && this.rows.size > MOST_ROWS) {
      this.drop(this.first);
      part("earlier").hidden = false;
    }
    this.settled();
    if (follow) this.toEnd();
    else if (entries.length) this.scrolled({ more: true });
  }

  /** Add what is older, without moving what is being read. */
  addBefore(entries) {
    const height = this.scroller.scrollHeight;
    const top = this.first;
    for (const entry of entries) this.list.insertBefore(this.row(entry), top);
    this.scroller.scrollTop += this.scroller.scrollHeight - height;
    this.settled();
  }

  put(entry) {
    const old = this.rows.get(entry.number);
    if (old) return this.fill(old, entry);
    const next = this.after(entry.number);
    // What stands above the first comes with the earlier ones, when these are asked for.
    if (next && next === this.first && !part("earlier").hidden) return;
    this.list.insertBefore(this.row(entry), next);
  }

  /** The first row with a greater number; as a rule there is none. */
  after(number) {
    let next = null;
    for (let row = this.list.lastElementChild; row && Number(row.dataset.number) > number; row = row.previousElementSibling) next = row;
    return next;
  }

  row(entry) {
    const row = h("div", { class: "row", role: "option", tabindex: -1, "aria-selected": "false", data: { number: entry.number } });
    this.rows.set(entry.number, row);
    this.fill(row, entry);
    return row;
  }

  fill(row, entry) {
    row.dataset.level = entry.level;
    row.replaceChildren(
      h("span", { class: "number" }, String(entry.number)),
      h("span", { class: "time" }, shortTime(entry.at, this.zone)),
      h("span", { class: "what" }, h("span", { class: `kind kind-${entry.kind}` }, KINDS[entry.kind]), " ", h("b", {}, entry.name), entry.about ? ` ${entry.about}` : ""),
      h("span", { class: "took" }, took(entry.ms)),
      h("span", { class: "outcome" }, h("b", {}, LEVELS[entry.level]), entry.says),
    );
  }

  drop(row) {
    this.rows.delete(Number(row.dataset.number));
    row.remove();
  }

  /** One row, and one only, is reached with Tab. */
  settled() {
    const held = this.list.querySelector('[tabindex="0"]');
    if (!held && this.first) this.list.lastElementChild.tabIndex = 0;
  }

  key(event) {
    const rows = [...this.list.children];
    const at = rows.indexOf(event.target.closest(".row"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") this.open(rows[at]);
    else if (to === undefined) return;
    else this.focus(rows[Math.max(0, Math.min(to, rows.length - 1))]);
    event.preventDefault();
  }

  clicked(event) {
    const row = event.target.closest(".row");
    if (!row) return;
    this.focus(row);
    this.open(row);
  }

  focus(row) {
    this.list.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
    row.tabIndex = 0;
    row.focus();
  }

  open(row) {
    if (!row) return;
    this.mark(row);
    this.opened(Number(row.dataset.number));
  }

  mark(row) {
    this.list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    row?.setAttribute("aria-selected", "true");
  }

  /** Go back to the row that was opened. */
  back(number) {
    const row = this.rows.get(number) ?? this.list.lastElementChild;
    this.mark(null);
    if (row) this.focus(row);
  }

  toEnd() {
    this.follows = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    part("to-newest").hidden = true;
  }

  scrolled({ more = false } = {}) {
    this.follows = this.isAtEnd;
    if (this.follows) part("to-newest").hidden = true;
    else if (more) part("to-newest").hidden = false;
  }
}
