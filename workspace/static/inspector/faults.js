// Switching faults on and off.

import { h, part } from "/static/js/dom.js";
import { ask } from "./asking.js";

const A_LITTLE = 3;

export class FaultsForm {
  constructor() {
    this.fields = new Map();
    part("faults-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.send(this.wanted(), "Switched on.");
    });
    part("faults-off").addEventListener("click", () => this.send({ off: true }, "Switched off. Nothing goes wrong any more."));
    part("faults-little").addEventListener("click", () => {
      for (const { input } of this.fields.values()) input.value = A_LITTLE;
      part("faults-status").textContent = "Filled in. Nothing is switched on yet.";
    });
    part("faults").addEventListener("toggle", () => this.refresh());
  }

  wanted() {
    const shares = Object.fromEntries([...this.fields].map(([kind, { input }]) => [kind, input.valueAsNumber || 0]));
    return { shares, seed: part("seed").valueAsNumber, delay: part("delay").valueAsNumber };
  }

  async send(body, says) {
    try {
      this.draw(await ask("faults", body), { shares: true });
      part("faults-status").textContent = says;
    } catch (refused) {
      part("faults-status").textContent = refused.message;
    }
  }

  /** Read what is on. What is being filled in is left alone. */
  async refresh() {
    try {
      this.draw(await ask("faults"), { shares: this.fields.size === 0 });
    } catch (refused) {
      part("faults-status").textContent = refused.message;
    }
  }

  draw({ says, seed, delay, kinds }, { shares }) {
    if (this.fields.size === 0) part("faults-kinds").append(...kinds.map((kind) => this.field(kind)));
    for (const { kind, share, done } of kinds) {
      const { input, happened } = this.fields.get(kind);
      happened.textContent = says && done ? `Happened ${done} ${done === 1 ? "time" : "times"}.` : "";
      if (shares) input.value = share;
    }
    if (shares) {
      part("seed").value = seed;
      part("delay").value = delay;
    }
    part("faults-state").textContent = says ? "on" : "off";
    part("faults-off").hidden = !says;
    part("faults-on").textContent = says ? "Change to these faults" : "Switch these faults on";
  }

  field({ kind, name, about }) {
    const id = `fault-${kind}`;
    const input = h("input", { id, class: "control", type: "number", min: 0, max: 100, step: "any", value: 0, "aria-describedby": `${id}-about` });
    const happened = h("span", { class: "happened" });
    this.fields.set(kind, { input, happened });
    return h("div", { class: "fault" }, h("label", { for: id }, name), input, h("span", { "aria-hidden": "true" }, "%"), h("p", { id: `${id}-about`, class: "fault-about" }, about, " ", happened));
  }
}
