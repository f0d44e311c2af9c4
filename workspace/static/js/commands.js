// Suggestions while a slash command is typed: its names first, then how it is used.

import { h, uid } from "./dom.js";
import { floatBy, sink } from "./floating.js";

export class Commands {
  constructor(page, field, changed) {
    Object.assign(this, { page, field, changed, shown: [], active: -1 });
    const [list, hint] = [uid("commands"), uid("usage")];
    this.list = h("ul", { id: list, class: "options commands", role: "listbox", popover: "manual", "aria-label": "Commands" });
    this.hint = h("p", { id: hint, class: "usage", role: "status" });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list);
    field.setAttribute("aria-describedby", hint);
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.pick([...this.list.children].indexOf(row));
    });
  }

  /** Look at what is typed, and suggest. */
  look() {
    const { value } = this.field;
    const all = this.page.team?.commands ?? [];
    const used = all.find((one) => value === one.name || value.startsWith(`${one.name} `));
    this.hint.textContent = used ? [used.name, used.usage_hint].filter(Boolean).join(" ") : "";
    const isName = /^\/\S*$/.test(value) && document.activeElement === this.field;
    this.shown = isName ? all.filter((one) => one.name.startsWith(value) && one.name !== value) : [];
    if (this.shown.length) this.draw();
    else this.close();
  }

  draw() {
    this.list.replaceChildren(...this.shown.map((one) => row(one)));
    floatBy(this.list, this.field.form);
    this.mark(0);
    const count = this.shown.length;
    const several = `${count} commands. Arrow keys to choose, Tab to take one`;
    this.hint.textContent = count === 1 ? "1 command. Tab to take it" : several;
  }

  mark(at) {
    this.active = at;
    [...this.list.children].forEach((one, index) => {
      one.classList.toggle("active", index === at);
      one.setAttribute("aria-selected", String(index === at));
    });
    this.field.setAttribute("aria-activedescendant", this.list.children[at].id);
  }

  /** Take a key; true when it was for the suggestions. */
  key(event) {
    if (!this.list.matches(":popover-open")) return false;
    const count = this.shown.length;
    if (event.key === "ArrowDown") this.mark((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.mark((this.active + count - 1) % count);
    else if (event.key === "Tab" || event.key === "Enter") this.pick(this.active);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  pick(at) {
    this.field.value = `${this.shown[at].name} `;
    this.field.dispatchEvent(new Event("input"));
    this.changed();
  }

  close() {
    sink(this.list);
    this.field.removeAttribute("aria-activedescendant");
  }
}

function row(one) {
  const usage = one.usage_hint && h("span", { class: "command-usage" }, ` ${one.usage_hint}`);
  const about = one.description && h("span", { class: "option-about" }, one.description);
  const words = h("span", {}, h("strong", {}, one.name), usage);
  return h("li", { id: uid("command"), role: "option", class: "option" }, words, about);
}
