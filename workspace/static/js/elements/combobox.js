// A field one searches in and picks from, for one value or several: the shape of every menu here.
// Owns the keyboard, the list and the chips; where options come from is handed in.

import { h, uid } from "../dom.js";
import { floatBy, sink } from "../floating.js";
import { icon } from "../icons.js";

/**
 * An option is {value, label, about, group}. `find` gives the options for what was typed, at once
 * or later, or throws. `changed` gets the chosen option, or a list of them when `many`.
 */
export class Combobox {
  constructor({ id, find, chosen, many = false, clears = false, most = Infinity, placeholder, names, changed }) {
    Object.assign(this, { find, many, clears, most, changed });
    this.chosen = chosen;
    this.active = -1;
    this.shown = [];
    this.asked = 0;
    this.build(id ?? uid("combo"), placeholder, names);
    this.draw();
  }

  build(id, placeholder, names) {
    const list = uid("list");
    this.input = h("input", {
      id, type: "text", class: "combo-input", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list, placeholder, ...names,
    });
    this.list = h("ul", { id: list, class: "options", role: "listbox", popover: "manual", "aria-label": names["aria-label"] ?? "Options" });
    if (this.many) this.list.setAttribute("aria-multiselectable", "true");
    this.note = h("span", { class: "unseen", role: "status" });
    this.chips = h("span", { class: "chips" });
    this.node = h("div", { class: `combo field${this.many ? " combo-many" : ""}` }, this.chips, this.input, icon("down"), this.list, this.note);
    this.listen();
  }

  listen() {
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("blur", () => this.left());
    this.node.addEventListener("click", (event) => this.clicked(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.pickedByHand(event));
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  clicked(event) {
    if (event.target.closest(".chip, .options")) return;
    this.input.focus();
    if (this.isOpen) this.close();
    else {
      this.input.select();
      this.open("");
    }
  }

  pickedByHand(event) {
    const at = [...this.list.querySelectorAll("[role=option]")].indexOf(event.target.closest("[role=option]"));
    if (at >= 0 && at < this.shown.length) this.pick(at);
  }

  /** Look for options and show them; typing asks again, and only the last answer counts. */
  async open(query = this.input.value) {
    this.asked += 1;
    const asked = this.asked;
    const answer = this.find(query);
    if (answer instanceof Promise) this.say("Looking…");
    try {
      const found = await answer;
      if (asked === this.asked) this.fill(found.options, found.note);
    } catch (refused) {
      if (asked === this.asked) this.fill([], refused.line ?? "Unable to load options");
    }
  }

  fill(options, note) {
    if (document.activeElement !== this.input) return;
    this.shown = options;
    this.list.replaceChildren(...this.rows());
    if (!options.length) this.say(note ?? "Nothing matches");
    else this.note.textContent = options.length === 1 ? "1 option" : `${options.length} options`;
    this.reveal();
    const current = options.findIndex((option) => this.has(option));
    this.mark(current >= 0 && !this.many ? current : options.length ? 0 : -1);
  }

  say(note) {
    this.note.textContent = note;
    this.list.replaceChildren(noted(note));
    this.reveal();
  }

  reveal() {
    floatBy(this.list, this.node);
    this.input.setAttribute("aria-expanded", "true");
  }

  rows() {
    const rows = [];
    let group = null;
    for (const option of this.shown) {
      if (option.group !== group?.dataset.group) {
        group = option.group ? grouped(option.group) : null;
        if (group) rows.push(group);
      }
      if (group) group.append(this.row(option));
      else rows.push(this.row(option));
    }
    return rows;
  }

  row(option) {
    const about = option.about && h("span", { class: "option-about" }, option.about);
    return h(option.group ? "div" : "li", { id: uid("option"), role: "option", class: "option", "aria-selected": String(this.has(option)) }, option.label, about);
  }

  has(option) {
    return this.many ? this.chosen.some((one) => one.value === option.value) : this.chosen?.value === option.value;
  }

  mark(at) {
    this.active = at;
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, index) => row.classList.toggle("active", index === at));
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", rows[at].id);
    rows[at]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const act = KEYS[event.key];
    if (event.isComposing || !act?.(this)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  step(by) {
    if (!this.isOpen) this.open(this.many ? this.input.value : "");
    else if (this.shown.length) this.mark((this.active + by + this.shown.length) % this.shown.length);
    return true;
  }

  pick(at) {
    const option = this.shown[at];
    if (!this.many) {
      this.chosen = option;
      this.close();
      this.draw();
      this.changed(option);
      return;
    }
    const without = this.chosen.filter((one) => one.value !== option.value);
    if (without.length === this.chosen.length && without.length >= this.most) {
      this.note.textContent = `No more than ${this.most} can be chosen`;
      return;
    }
    this.chosen = without.length < this.chosen.length ? without : [...without, option];
    this.input.value = "";
    this.close();
    this.draw();
    this.changed(this.chosen);
  }

  drop(option) {
    this.chosen = this.chosen.filter((one) => one.value !== option.value);
    this.draw();
    this.input.focus();
    this.changed(this.chosen);
  }

  close() {
    sink(this.list);
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.asked += 1;
  }

  left() {
    this.close();
    if (!this.many && this.clears && this.chosen && !this.input.value.trim()) {
      this.chosen = null;
      this.changed(null);
    }
    this.draw();
  }

  draw() {
    if (!this.many) {
      this.input.value = this.chosen?.label ?? "";
      return;
    }
    this.input.value = "";
    this.chips.replaceChildren(...this.chosen.map((option) => this.chip(option)));
  }

  chip(option) {
    const click = () => this.drop(option);
    const remove = h("button", { type: "button", class: "chip-remove", "aria-label": `Remove ${option.label}`, on: { click } }, icon("close"));
    return h("span", { class: "chip" }, option.label, remove);
  }
}

/** A word where options would be. An option in form, for a list must hold one; it cannot be chosen. */
export function noted(text) {
  return h("li", { class: "option-note", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text);
}

function grouped(name) {
  const head = h("div", { class: "option-group", role: "presentation" }, name);
  return h("li", { role: "group", "aria-label": name, data: { group: name } }, head);
}

const KEYS = {
  ArrowDown: (box) => box.step(1),
  ArrowUp: (box) => box.step(-1),
  Enter: (box) => (box.isOpen && box.active >= 0 ? (box.pick(box.active), true) : !box.isOpen && box.step(0)),
  Escape: (box) => box.isOpen && (box.close(), box.draw(), true),
  Backspace: (box) => box.many && !box.input.value && box.chosen.length > 0 && (box.drop(box.chosen.at(-1)), true),
};
