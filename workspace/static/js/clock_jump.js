// Jumping to what is ahead by its name: a list under its button.

import { moment } from "./dates.js";
import { h, part } from "./dom.js";
import { floatBy, sink } from "./floating.js";

export class ClockJump {
  constructor(bar) {
    this.bar = bar;
    this.button = part("clock-jump");
    this.panel = part("clock-landmarks");
    this.landmarks = [];
    this.panel.addEventListener("toggle", (event) => (event.newState === "open" ? this.opened() : sink(this.panel)));
  }

  show({ landmarks, moves }) {
    if (landmarks.length) this.landmarks = landmarks;
    this.button.hidden = !moves || !this.landmarks.length;
  }

  opened() {
    const rows = this.landmarks.map((one) => h("li", {}, this.row(one)));
    this.panel.replaceChildren(h("ul", { class: "landmarks" }, rows));
    floatBy(this.panel, this.button);
    this.panel.querySelector("button")?.focus();
  }

  row({ name, about, at }) {
    const instant = new Date(at);
    return h(
      "button",
      { type: "button", class: "landmark", on: { click: () => this.go(instant) } },
      h("span", { class: "landmark-name" }, h("strong", {}, `${name}:`), ` ${about} `),
      h("time", { class: "landmark-at", datetime: at }, moment(instant, this.bar.zone)),
    );
  }

  async go(instant) {
    this.panel.hidePopover();
    this.button.focus();
    await this.bar.to(instant);
  }
}
