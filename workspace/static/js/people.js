// Becoming somebody else: a list of everybody, searched by name or title, worked by keyboard.

import { get } from "./api.js";
import { h, part, uid, unseen } from "./dom.js";
import { noted } from "./elements/combobox.js";
import { face } from "./faces.js";
import { icon } from "./icons.js";

export class PeopleDialog {
  constructor(page) {
    this.page = page;
    this.dialog = part("people");
    this.search = part("people-search");
    this.list = part("people-list");
    this.shown = [];
    const close = this.dialog.querySelector("[data-close]");
    close.append(icon("close"));
    close.addEventListener("click", () => this.dialog.close());
    this.search.addEventListener("input", () => this.draw());
    this.search.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row && this.shown.length) this.pick([...this.list.children].indexOf(row));
    });
  }

  async open() {
    this.search.value = "";
    this.draw();
    this.dialog.showModal();
    this.search.focus();
    this.page.people = await get("people").catch(() => this.page.people);
    if (this.dialog.open) this.draw();
  }

  draw() {
    const wanted = this.search.value.trim().toLowerCase();
    this.shown = this.page.present().filter((one) => `${one.name} ${one.title}`.toLowerCase().includes(wanted));
    const rows = this.shown.map((one) => this.row(one));
    this.list.replaceChildren(...rows);
    if (!rows.length) this.list.append(noted("Nobody by that name or title."));
    part("people-count").textContent = wanted ? `${rows.length === 1 ? "1 person" : `${rows.length} people`} found` : "";
    const mine = this.shown.findIndex((one) => one.id === this.page.me.id);
    this.mark(rows.length ? Math.max(0, wanted ? 0 : mine) : -1);
  }

  row(one) {
    const isMe = one.id === this.page.me.id;
    return h(
      "li",
      { id: uid("person"), role: "option", class: "option person", "aria-selected": String(isMe) },
      face(one.id, one.name),
      h(
        "span",
        { class: "person-words" },
        h("span", { class: "person-name" }, one.name, isMe && h("span", { class: "soft" }, " (you now)")),
        one.title && [unseen(", "), h("span", { class: "option-about" }, one.title)],
      ),
      one.unread > 0 && h("span", { class: "badge" }, String(one.unread), unseen(" unread")),
    );
  }

  mark(at) {
    this.active = at;
    const rows = [...this.list.querySelectorAll("[role=option]")];
    rows.forEach((row, index) => row.classList.toggle("active", index === at));
    if (at < 0) this.search.removeAttribute("aria-activedescendant");
    else this.search.setAttribute("aria-activedescendant", rows[at].id);
    rows[at]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const last = this.shown.length - 1;
    const to = { ArrowDown: Math.min(this.active + 1, last), ArrowUp: Math.max(this.active - 1, 0) }[event.key];
    if (to !== undefined && last >= 0) this.mark(to);
    else if (event.key === "Enter" && this.active >= 0) this.pick(this.active);
    else return;
    event.preventDefault();
  }

  pick(at) {
    this.dialog.close();
    this.page.become(this.shown[at].id);
  }
}
