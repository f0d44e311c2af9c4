// One message: who, when, what, and the way into its thread.

import { tell } from "./announce.js";
import { drawBlocks } from "./blocks/index.js";
import { files } from "./blocks/media.js";
import { dayOf, instant, moment, timeOf } from "./dates.js";
import { h, uid, unseen } from "./dom.js";
import { face } from "./faces.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { Surface } from "./surface.js";

const CLOSE_SECONDS = 300;

/** A message on the page. `inThread` leaves out the way into the thread. */
export class MessageView {
  constructor(page, message, { inThread = false, refresh }) {
    Object.assign(this, { page, inThread });
    const name = { type: "message", channel: message.channel, ts: message.ts };
    this.surface = new Surface(page, name, { trouble: (refused) => this.trouble(refused, refresh), done: () => this.says("") });
    this.day = dayOf(instant(message.ts), page.me.tz);
    this.head = h("header", { class: "message-head" });
    this.blocks = h("div", { class: "blocks" });
    this.foot = h("footer", { class: "message-foot" });
    this.face = h("div", { class: "message-face" });
    this.wrong = h("p", { class: "error", role: "alert", hidden: true });
    const id = uid("message");
    this.head.id = id;
    const body = h("div", { class: "message-body" }, this.head, this.blocks, this.wrong, this.foot);
    this.node = h("article", { class: "message", "aria-labelledby": id, data: { ts: message.ts } }, this.face, body);
    this.show(message);
  }

  /** Show the message as it is now, leaving alone what did not change. */
  show(message) {
    if (message === this.message) return;
    const seen = JSON.stringify(message);
    if (seen === this.seen) return;
    this.seen = seen;
    this.message = message;
    this.surface.state = message.state;
    const isApp = message.user === this.page.team.app.user;
    this.face.replaceChildren(face(message.user, this.author, { isApp }));
    this.node.classList.toggle("ephemeral", message.ephemeral);
    this.heads(isApp);
    if (message.blocks.length) drawBlocks(this.blocks, message.blocks, this.surface);
    else this.blocks.replaceChildren(h("div", { class: "block" }, mrkdwn(message.text, this.page.nameOf)));
    this.feet();
  }

  get author() {
    const { user, author } = this.message;
    if (user === this.page.team.app.user) return this.page.appName;
    return user === "USLACKBOT" ? "The workspace" : author;
  }

  heads(isApp) {
    const at = instant(this.message.ts);
    const zone = this.page.me.tz;
    const time = h("time", { datetime: at.toISOString(), title: moment(at, zone), class: "when" }, timeOf(at, zone));
    this.head.replaceChildren(
      h("span", { class: "author" }, this.author),
      ...(isApp ? [h("span", { class: "app-mark" }, "App")] : []),
      unseen(" at "),
      time,
      ...(this.message.edited ? [h("span", { class: "edited" }, "(edited)")] : []),
    );
    if (this.message.ephemeral) this.head.prepend(h("p", { class: "only-you" }, icon("eye"), "Only visible to you"));
  }

  feet() {
    const { replies, ephemeral, ts, thread_ts: thread } = this.message;
    const open = () => this.page.go({ ...this.page.where, thread: ts });
    const drawn = JSON.stringify([replies, this.message.files]);
    if (this.foot.drawnFrom === drawn) return;
    this.foot.drawnFrom = drawn;
    this.foot.replaceChildren(...[files(this.message.files)].filter(Boolean));
    if (this.inThread || ephemeral || (thread && thread !== ts)) return;
    const words = replies
      ? [replies === 1 ? "1 reply" : `${replies} replies`]
      : [icon("reply"), "Reply", unseen(` to ${this.author}, ${timeOf(instant(ts), this.page.me.tz)}`)];
    const look = replies ? "replies" : "reply";
    this.foot.append(h("button", { type: "button", class: look, data: { action: "thread" }, on: { click: open } }, words));
  }

  /** Stand closer to the message above: same person, minutes before, and both a few plain words. */
  follows(before) {
    const close = Boolean(before) && isClose(before.message, this.message);
    this.node.classList.toggle("close", close);
    before?.node.classList.toggle("joined", close);
  }

  async trouble(refused, refresh) {
    if (refused.kind === "gone") {
      await refresh();
      tell(refused.line);
    } else this.says(refused.line);
  }

  says(text) {
    this.wrong.hidden = !text;
    this.wrong.textContent = text;
  }
}

function isClose(before, message) {
  const plain = (one) => !one.ephemeral && one.blocks.length < 2;
  const isSoon = Number(message.ts) - Number(before.ts) < CLOSE_SECONDS;
  return plain(before) && plain(message) && before.user === message.user && isSoon;
}
