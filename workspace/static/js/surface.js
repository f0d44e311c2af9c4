// One thing that elements stand on: a message, the open modal or the Home tab.
// Owns sending what is pressed, chosen and typed, in order; what is shown is drawn elsewhere.

import { post } from "./api.js";
import { bare, held, same } from "./values.js";

/** `name` is how the workspace knows the surface; `trouble` is told of every act that failed. */
export class Surface {
  constructor(page, name, { trouble, done = () => {} }) {
    this.page = page;
    this.name = name;
    this.trouble = trouble;
    this.done = done;
    this.state = {};
    this.unsent = new Map();
    this.readers = new Map();
    this.line = Promise.resolve();
  }

  get isModal() {
    return this.name.type === "modal";
  }

  /** The value an element holds by the last word of the workspace. */
  value(block, element) {
    return held(this.state?.[block.block_id]?.[element.action_id]);
  }

  /** The same, bare. */
  bareValue(block, element) {
    return bare(this.value(block, element));
  }

  /** Learn how to read what an element shows at this moment. */
  reads(block, element, read) {
    this.readers.set(`${block.block_id}/${element.action_id}`, read);
  }

  /** Tell whether a block's elements show what the workspace says they hold. */
  agrees(block) {
    const start = `${block.block_id}/`;
    const own = [...this.readers].filter(([key]) => key.startsWith(start) && !this.unsent.has(key));
    return own.every(([key, read]) => same(read(), held(this.state?.[block.block_id]?.[key.slice(start.length)])));
  }

  /** Press a button or pick from an overflow menu. True when the app answered. */
  async press(block, element, extra = {}) {
    await this.flush();
    return await this.act("press", block, element, extra);
  }

  /** Give an element a value; `entered` says that Enter was pressed or a choice was made. */
  async hold(block, element, value, entered = true) {
    return await this.act(this.isModal ? "fill" : "choose", block, element, { value, entered });
  }

  /** Ask the app for options. Throws Refused. */
  async suggest(block, element, query) {
    const answer = await post(`${this.page.me.id}/suggest`, { ...this.named(block, element), query });
    return answer.options;
  }

  /** Send what was typed and not sent yet, and wait until all of it has arrived. */
  async flush() {
    await Promise.all([...this.unsent.values()].map((send) => send()));
    await this.line;
  }

  act(what, block, element, extra) {
    const body = { ...this.named(block, element), ...extra };
    const run = this.line.then(() => this.sent(what, body));
    this.line = run;
    return run;
  }

  async sent(what, body) {
    try {
      const answer = await post(`${this.page.me.id}/${what}`, body);
      this.done();
      this.page.modal.show(answer.modal);
      return true;
    } catch (refused) {
      await this.trouble(refused);
      return false;
    }
  }

  named(block, element) {
    return { surface: this.name, block_id: block.block_id, action_id: element.action_id };
  }
}
