// The clock of the workspace: the time there, and moving it on where that is allowed.

import { tell } from "./announce.js";
import { acts, get, post } from "./api.js";
import { ClockJump } from "./clock_jump.js";
import { ClockRun } from "./clock_run.js";
import { ask } from "./confirm.js";
import { fromWall, moment, toWall } from "./dates.js";
import { part } from "./dom.js";

const WHILE_RUNNING_MS = 150;

export class ClockBar {
  constructor(page) {
    this.page = page;
    this.at = null;
    this.begun = null;
    this.why = "";
    this.reading = false;
    this.moves = part("clock-moves");
    this.steers = [...this.moves.querySelectorAll("[data-steers]")];
    this.jump = new ClockJump(this);
    this.run = new ClockRun(this);
    this.listen();
  }

  listen() {
    for (const button of this.steers) {
      button.addEventListener("click", (event) => this.held(event), { capture: true });
      if (button.dataset.move) button.addEventListener("click", () => this.move(button.dataset.move));
    }
    this.moves.addEventListener("submit", (event) => {
      event.preventDefault();
      this.goTo();
    });
    part("clock-again").addEventListener("click", () => this.again());
    part("clock-toggle").addEventListener("click", () => this.unfold(!document.body.classList.contains("clock-open")));
  }

  /** On a narrow page: show what moves the clock, or fold it away. */
  unfold(open) {
    document.body.classList.toggle("clock-open", open);
    part("clock-toggle").setAttribute("aria-expanded", String(open));
  }

  /** The page's own zone for dates: that of whoever one is. */
  get zone() {
    return this.page.me?.tz ?? "Europe/London";
  }

  /** Read the clock; once more a little later where it was asked for meanwhile. */
  async refresh() {
    this.wanted = this.reading;
    if (this.reading) return;
    this.reading = true;
    await this.read();
    this.reading = false;
    if (this.wanted) setTimeout(() => this.refresh(), this.run.state === "running" ? WHILE_RUNNING_MS : 0);
  }

  async read() {
    const before = acts.count;
    try {
      const clock = await get("clock");
      if (acts.count === before) this.show(clock);
      else this.wanted = true; // it was read before something was done
    } catch {
      // the socket tells of a workspace that does not answer
    }
  }

  show(clock) {
    this.at = new Date(clock.now);
    part("now").textContent = moment(this.at, this.zone);
    part("now").setAttribute("datetime", this.at.toISOString());
    const field = part("clock-to");
    if (document.activeElement !== field) field.value = toWall(this.at, this.zone);
    this.offer(clock);
    // Beside a run that shows, the reason is plain to see.
    part("clock-why").classList.toggle("unseen", clock.run?.state === "running");
    this.hold(clock.why_not);
    this.jump.show(clock);
    this.run.show(clock);
    this.started(clock.begun);
  }

  /** Show what this workspace lets one do, and nothing else. */
  offer({ moves, next, again }) {
    this.moves.hidden = !moves && !next;
    part("clock-toggle").hidden = this.moves.hidden;
    part("clock-again").hidden = !again;
    this.moves.querySelector("[data-move=next]").hidden = !next;
    for (const one of this.moves.querySelectorAll("[data-move]:not([data-move=next]), .go-to")) one.hidden = !moves;
  }

  /** Let nobody move the clock while it says why not. */
  hold(why) {
    this.why = why;
    part("clock-why").textContent = this.working ? "" : why;
    for (const button of this.steers) {
      if (why || this.working) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }

  held(event) {
    if (!this.why && !this.working) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (this.why && !this.working) this.says(this.why);
  }

  async started(begun) {
    const before = this.begun;
    this.begun = begun;
    if (before === null || before === begun) return;
    await this.page.lookAgain();
    tell("Everything is back to the first day.");
  }

  async move(by) {
    if (by === "next") return await this.work("Going to the next thing that happens…", () => post("clock/next"));
    return await this.work("Moving the clock on…", () => post("clock", { by_seconds: Number(by) }));
  }

  async goTo() {
    const { value } = part("clock-to");
    if (!value) return this.says("Enter a day and a time to go to.");
    return await this.to(fromWall(value, this.page.me.tz));
  }

  async to(instant) {
    if (instant < this.at) return this.says("The clock goes forward only. Enter a later day or time.");
    return await this.work("Moving the clock on…", () => post("clock", { to: instant.toISOString() }));
  }

  async again() {
    const sure = await ask({
      title: "Start again?",
      body: "Everything said and done here is lost: messages, returns and dates go back to the first day.",
      yes: "Start again",
      no: "Keep it",
      style: "danger",
    });
    if (sure) await this.work("Going back to the first day…", () => post("clock/again"));
  }

  async work(words, doing) {
    if (this.working) return false;
    this.working = true;
    document.body.classList.add("clock-working");
    this.hold(this.why);
    this.says(words);
    let done = false;
    try {
      const answer = await doing();
      this.working = false;
      this.show(answer);
      this.says(answer.moved === false ? "Nothing more is going to happen by itself." : "");
      done = true;
    } catch (refused) {
      this.says(refused.line);
    } finally {
      this.working = false;
      document.body.classList.remove("clock-working");
      this.hold(this.why);
      this.refresh();
    }
    return done;
  }

  says(text) {
    part("clock-status").textContent = text;
  }
}
