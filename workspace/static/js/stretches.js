// How messages stand in the list: with the day before them and the mark where the new ones begin,
// and in stretches, so that a long channel stays light. What is shown is the conversation's.

import { instant, shortDay } from "./dates.js";
import { h, settle } from "./dom.js";

const STRETCH = 50;

export class Stretches {
  /** `view` gives the view of a message. `anchor` is the first message ever shown, `mark` the first new one. */
  constructor(page, view) {
    Object.assign(this, { page, view, anchor: "", mark: null });
    this.parts = new Map();
  }

  /**
   * Give the list in stretches of so many messages, counted from the first ever shown. The browser
   * passes over a stretch that is out of sight as a whole, however long the channel is.
   */
  drawn(messages) {
    const before = Math.max(0, messages.findIndex((one) => one.ts === this.anchor));
    const filled = new Map();
    this.rows(messages).forEach((nodes, at) => {
      const part = Math.floor((at - before) / STRETCH);
      if (!filled.has(part)) filled.set(part, []);
      filled.get(part).push(...nodes);
    });
    return [...filled].map(([part, nodes]) => this.part(part, nodes));
  }

  part(number, nodes) {
    if (!this.parts.has(number)) this.parts.set(number, h("div", { class: "stretch" }));
    settle(this.parts.get(number), nodes);
    return this.parts.get(number);
  }

  /** What stands in the list for each message: the day and the mark before it where they belong. */
  rows(messages) {
    let before = null;
    return messages.map((message) => {
      const nodes = [];
      const view = this.view(message);
      const isNewDay = before?.day !== view.day;
      if (isNewDay) nodes.push(this.divider(instant(message.ts)));
      if (message.ts === this.mark) nodes.push(h("p", { class: "new-line" }, h("span", {}, "New")));
      view.follows(isNewDay || message.ts === this.mark ? null : before);
      nodes.push(view.node);
      before = view;
      return nodes;
    });
  }

  divider(at) {
    const text = shortDay(at, this.page.me.tz, this.page.clock.at ?? at);
    return h("div", { class: "day" }, h("h2", {}, text));
  }
}
