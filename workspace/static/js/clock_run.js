// Time that passes by itself: starting it, watching it, pausing it and ending it. Its state is
// the workspace's, so that it goes on when the page is loaded again.

import { whisper } from "./announce.js";
import { post } from "./api.js";
import { moment } from "./dates.js";
import { h, part, uid } from "./dom.js";
import { floatBy, sink } from "./floating.js";

const SAID_AGAIN_MS = 15000;
const STANDS = {
  running: "",
  paused: "Paused.",
  stopped: "Stopped.",
  ended: "That time has passed.",
  failed: "Something went wrong, and time stands still. Press Run to go on from here, or Start again.",
};

export class ClockRun {
  constructor(bar) {
    this.bar = bar;
    this.button = part("clock-run");
    this.panel = part("clock-runs");
    this.state = undefined;
    this.said = "";
    this.saidAt = 0;
    this.panel.addEventListener("toggle", (event) => (event.newState === "open" ? this.opened() : sink(this.panel)));
    this.panel.addEventListener("submit", (event) => {
      event.preventDefault();
      this.begin();
    });
    part("run-pause").addEventListener("click", () => this.steer(this.state === "paused" ? "go-on" : "pause"));
    part("run-stop").addEventListener("click", () => this.steer("stop"));
    part("run-close").addEventListener("click", () => this.steer("forget"));
    part("run-speed").addEventListener("change", (event) => this.steer("speed", { speed: event.target.value }));
  }

  opened() {
    floatBy(this.panel, this.button);
    this.panel.querySelector("input")?.focus();
  }

  async begin() {
    const length = this.panel.querySelector("input:checked").value;
    const speed = part("run-first-speed").value;
    this.panel.hidePopover();
    const begun = await this.bar.work("Starting…", () => post("clock/run", { length, speed }));
    if (!begun) return;
    this.bar.unfold(false);
    part("run-pause").focus();
  }

  async steer(act, body = {}) {
    try {
      this.bar.show(await post(`clock/run/${act}`, body));
      if (act === "stop") part("run-close").focus();
      if (act === "forget") this.button.focus();
    } catch (refused) {
      this.bar.says(refused.line);
      this.bar.refresh();
    }
  }

  show({ run, lengths, speeds, now }) {
    this.button.hidden = !lengths.length;
    if (lengths.length && !part("run-lengths").querySelector("input")) this.choices(lengths, speeds);
    part("run").hidden = !run;
    if (run) this.strip(run, now);
    this.announce(run);
    this.state = run?.state;
  }

  choices(lengths, speeds) {
    const picked = lengths.at(-1).value;
    part("run-lengths").append(...lengths.map((one) => this.length(one, one.value === picked)));
    for (const list of [part("run-first-speed"), part("run-speed")]) {
      list.append(...speeds.map((one) => h("option", { value: one.value }, one.name)));
    }
    part("run-first-speed").value = speeds[1].value;
  }

  length({ value, name }, checked) {
    const id = uid("length");
    return h("p", { class: "box" }, h("label", { for: id }, h("input", { type: "radio", class: "tick", id, name: "length", value, checked }), name));
  }

  strip(run, now) {
    const underWay = run.state === "running" || run.state === "paused";
    part("run-name").textContent = run.name;
    part("run-progress").value = run.progress;
    part("run-progress").textContent = `${Math.round(100 * run.progress)}%`;
    part("run-line").textContent = [STANDS[run.state], this.line(run, now)].filter(Boolean).join(" ");
    part("run-pause").textContent = run.state === "paused" ? "Go on" : "Pause";
    part("run-speed").value = run.speed;
    for (const id of ["run-pause", "run-speed", "run-stop"]) part(id).hidden = !underWay;
    part("run-close").hidden = underWay;
  }

  line({ news, until, state }, now) {
    if (news) return `${moment(new Date(news.at), this.bar.zone)}: ${news.words}.`;
    return state === "running" ? `From ${moment(new Date(now), this.bar.zone)} to ${moment(new Date(until), this.bar.zone)}.` : "";
  }

  /** Read out what matters, and not too often. */
  announce(run) {
    if (!run) return;
    if (this.state !== undefined && run.state !== this.state) this.whisper(STANDS[run.state] || "Time is passing.");
    else if (run.main && run.main.words !== this.said && Date.now() - this.saidAt > SAID_AGAIN_MS) {
      this.said = run.main.words;
      this.whisper(`${moment(new Date(run.main.at), this.bar.zone)}: ${run.main.words}.`);
    }
  }

  whisper(text) {
    this.saidAt = Date.now();
    whisper(text);
  }
}
