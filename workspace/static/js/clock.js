// The clock of the workspace: the time there, and moving it on where that is allowed.

import { get, post } from "./api.js";
import { fromWall, moment, toWall } from "./dates.js";
import { part } from "./dom.js";

export class ClockBar {
  constructor(page) {
    this.page = page;
    this.at = null;
    this.moves = part("clock-moves");
    this.buttons = [...this.moves.querySelectorAll("button")];
    for (const button of this.buttons) {
      if (button.dataset.move) button.addEventListener("click", () => this.move(button.dataset.move));
    }
    this.moves.addEventListener("submit", (event) => {
      event.preventDefault();
      this.goTo();
    });
    part("clock-toggle").addEventListener("click", () => {
      const open = document.body.classList.toggle("clock-open");
      part("clock-toggle").setAttribute("aria-expanded", String(open));
    });
  }

  async refresh() {
    try {
      this.show(await get("clock"));
    } catch {
      // the socket tells of a workspace that does not answer
    }
  }

  show({ now, moves, next }) {
    this.at = new Date(now);
    const zone = this.page.me?.tz ?? "Europe/London";
    part("now").textContent = moment(this.at, zone);
    part("now").setAttribute("datetime", this.at.toISOString());
    const field = part("clock-to");
    if (document.activeElement !== field) field.value = toWall(this.at, zone);
    this.moves.hidden = !moves && !next;
    part("clock-toggle").hidden = this.moves.hidden;
    this.moves.querySelector("[data-move=next]").hidden = !next;
    for (const one of this.moves.querySelectorAll("[data-move]:not([data-move=next]), .go-to")) one.hidden = !moves;
  }

  async move(by) {
    if (by === "next") return await this.work("Going to the next thing that happens…", () => post("clock/next"));
    return await this.work("Moving the clock on…", () => post("clock", { by_seconds: Number(by) }));
  }

  async goTo() {
    const { value } = part("clock-to");
    if (!value) return this.says("Enter a day and a time to go to.");
    const to = fromWall(value, this.page.me.tz);
    if (to < this.at) return this.says("The clock goes forward only. Enter a later day or time.");
    return await this.work("Moving the clock on…", () => post("clock", { to: to.toISOString() }));
  }

  async work(words, doing) {
    if (this.working) return;
    this.working = true;
    document.body.classList.add("clock-working");
    for (const button of this.buttons) button.setAttribute("aria-disabled", "true");
    this.says(words);
    try {
      const answer = await doing();
      this.show(answer);
      this.says(answer.moved === false ? "Nothing more is going to happen by itself." : "");
    } catch (refused) {
      this.says(refused.line);
    } finally {
      this.working = false;
      document.body.classList.remove("clock-working");
      for (const button of this.buttons) button.removeAttribute("aria-disabled");
    }
  }

  says(text) {
    part("clock-status").textContent = text;
  }
}
