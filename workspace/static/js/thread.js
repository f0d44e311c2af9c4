// A thread beside the place it belongs to: the message, then its replies.

import { whisper } from "./announce.js";
import { get } from "./api.js";
import { Composer } from "./composer.js";
import { h, part } from "./dom.js";
import { keepFocus } from "./focus.js";
import { gently } from "./gently.js";
import { MessageView } from "./message.js";

export class Thread {
  constructor(page) {
    this.page = page;
    this.pane = part("thread");
    this.list = part("thread-list");
    this.composer = new Composer(page, part("thread-composer"));
    this.refresh = gently(() => this.read());
    this.views = new Map();
    this.ts = "";
    part("thread-close").addEventListener("click", () => this.close());
    this.pane.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
  }

  async open() {
    const { thread, as, at } = this.page.where;
    const place = `${as}/${at}/${thread}`;
    const isNew = Boolean(thread) && place !== this.place;
    this.place = place;
    this.ts = thread;
    this.pane.hidden = !thread;
    document.body.classList.toggle("thread-open", Boolean(thread));
    if (!isNew) return;
    this.views.clear();
    this.list.replaceChildren();
    this.composer.open({ key: place, channel: () => this.page.channelId, label: "this thread", thread });
    await this.refresh();
    part("thread-title").focus();
  }

  close() {
    const { ts } = this;
    this.page.go({ ...this.page.where, thread: "" });
    document.querySelector(`#list [data-ts="${CSS.escape(ts)}"] [data-action=thread]`)?.focus();
  }

  heard(channel) {
    if (this.ts && channel === this.page.channelId) this.refresh();
  }

  async read() {
    const { ts, place } = this;
    if (!ts || !this.page.channelId) return;
    try {
      const found = await get(`${this.page.me.id}/channels/${this.page.channelId}/threads/${ts}`);
      const hidden = await get(`${this.page.me.id}/ephemerals`);
      if (place === this.place) this.draw([...found, ...hidden.filter((one) => one.thread_ts === ts && one.channel === this.page.channelId)]);
    } catch (refused) {
      if (refused.kind === "gone" && place === this.place) this.list.replaceChildren(h("p", { class: "empty", role: "status" }, "This message is not there any more."));
    }
  }

  draw(messages) {
    const wasAtEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80;
    const known = new Set(this.views.keys());
    const nodes = messages.map((message) => this.view(message).node);
    nodes.splice(1, 0, counted(messages.length - 1));
    keepFocus(this.list, () => this.list.replaceChildren(...nodes));
    const added = messages.filter((one) => known.size && !known.has(one.ts) && one.user !== this.page.me.id);
    if (added.length) whisper(added.map((one) => `In the thread, ${this.page.nameOf(one.user)}: ${one.plain}`.slice(0, 240)).join(". "));
    if (wasAtEnd && known.size) this.list.scrollTop = this.list.scrollHeight;
  }

  view(message) {
    const known = this.views.get(message.ts);
    if (known) known.show(message);
    else this.views.set(message.ts, new MessageView(this.page, message, { inThread: true, refresh: () => this.refresh() }));
    return this.views.get(message.ts);
  }
}

function counted(replies) {
  const text = replies === 0 ? "No replies yet" : replies === 1 ? "1 reply" : `${replies} replies`;
  return h("p", { class: "reply-count" }, h("span", {}, text));
}
