// What was said in the place that is open: the newest at the bottom, older ones as one goes up.

import { tell, whisper } from "./announce.js";
import { get, post } from "./api.js";
import { Composer } from "./composer.js";
import { h, part, settle } from "./dom.js";
import { keepFocus } from "./focus.js";
import { breathe, gently } from "./gently.js";
import { MessageView } from "./message.js";
import { APP, HOME } from "./route.js";
import { Stretches } from "./stretches.js";

const NEAR = 80;
const SPOKEN = 240;
const AT_ONCE = 10;
const UPWARDS = 200;

export class Conversation {
  constructor(page) {
    this.page = page;
    this.scroller = part("messages");
    this.list = part("list");
    this.earlier = part("earlier");
    this.composer = new Composer(page, part("composer"));
    this.refresh = gently(() => this.read());
    this.earlier.addEventListener("click", () => this.older());
    this.scroller.addEventListener("scroll", () => this.scrolled());
    part("to-newest").addEventListener("click", () => this.toNewest());
    new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.older(), { root: this.scroller, rootMargin: `${UPWARDS}px` }).observe(this.earlier);
    const sizes = new ResizeObserver(() => this.sticks && this.toNewest());
    for (const one of [this.list, this.scroller]) sizes.observe(one);
    this.forget();
  }

  forget() {
    this.place = `${this.page.where.as}/${this.page.where.at}`;
    this.views = new Map();
    this.found = new Map();
    this.stretches = new Stretches(this.page, (message) => this.view(message));
    this.hasMore = false;
    this.mark = "";
    this.sticks = true;
    this.top = 0;
    this.fresh = true;
    this.list.replaceChildren();
  }

  /** Show the place the page is at. */
  async open() {
    const isHome = this.page.where.at === HOME;
    this.scroller.hidden = isHome;
    part("composer").hidden = isHome;
    part("to-newest").hidden = true;
    if (this.place !== `${this.page.where.as}/${this.page.where.at}`) this.forget();
    if (isHome) return;
    this.composer.open({ key: this.place, channel: () => this.page.channelId, label: this.label });
    await this.refresh();
  }

  get label() {
    const channel = this.page.channel(this.page.where.at);
    return channel ? `#${channel.name}` : this.page.appName;
  }

  heard(channel) {
    if (this.page.where.at !== HOME && (channel === this.page.channelId || this.page.channelId === null)) this.refresh();
  }

  async read() {
    const { place } = this;
    const { channelId } = this.page;
    if (channelId === null) return this.nothing();
    const oldest = this.found.size ? [...this.found.values()].find((one) => !one.ephemeral)?.ts : null;
    const asked = oldest ? `?${new URLSearchParams({ from: oldest, since: this.mark })}` : "";
    try {
      const answer = await get(`${this.page.me.id}/channels/${channelId}/messages${asked}`);
      const above = answer.above?.messages ?? [];
      if (await this.prepared([...answer.messages, ...answer.ephemerals, ...above.filter((one) => this.found.has(one.ts))], place)) this.take(answer, oldest);
    } catch (refused) {
      if (refused.kind === "gone") this.page.lookAround();
    }
  }

  /** A direct message that nobody opened yet. */
  nothing() {
    this.found = new Map();
    this.fresh = false;
    this.draw();
  }

  /** Make the views of messages a few at a time; false when the person went elsewhere meanwhile. */
  async prepared(messages, place) {
    for (let at = 0; at < messages.length && place === this.place; at += AT_ONCE) {
      for (const message of messages.slice(at, at + AT_ONCE)) this.view(message);
      await breathe();
    }
    return place === this.place;
  }

  take({ messages, ephemerals, has_more: hasMore, mark, above }, oldest) {
    const known = new Set(this.found.keys());
    const older = hasMore ? this.stillAbove(messages[0]?.ts, above) : [];
    if (!oldest || !older.length) this.hasMore = oldest && !hasMore ? this.hasMore : hasMore;
    this.mark = mark;
    this.found = inOrder([...older, ...messages, ...ephemerals.filter((one) => !one.thread_ts)]);
    const added = [...this.found.values()].filter((one) => !known.has(one.ts));
    if (this.fresh) this.first();
    this.draw();
    if (!this.fresh) this.spoken(added);
    this.fresh = false;
    this.seen();
  }

  /** What stands above the answer as it is now; nothing where some between the two may be missing. */
  stillAbove(first, above) {
    const held = [...this.found.values()].filter((one) => !one.ephemeral);
    if (!above || !first || !held.some((one) => Number(one.ts) >= Number(first))) return [];
    const gone = new Set(above.gone);
    const changed = new Map(above.messages.map((one) => [one.ts, one]));
    return held.filter((one) => Number(one.ts) < Number(first) && !gone.has(one.ts)).map((one) => changed.get(one.ts) ?? one);
  }

  /** Before the first look: remember where the unread ones start. */
  first() {
    let left = this.page.channel(this.page.channelId)?.unread ?? 0;
    const others = [...this.found.values()].reverse().filter((one) => !one.ephemeral && one.user !== this.page.me.id);
    this.stretches.anchor = [...this.found.keys()][0] ?? "";
    this.stretches.mark = left > 0 && left <= others.length ? others[left - 1].ts : null;
  }

  spoken(added) {
    const others = added.filter((one) => one.user !== this.page.me.id);
    if (!others.length) return;
    const said = others.map((one) => `${this.page.nameOf(one.user)}: ${one.plain}`.slice(0, SPOKEN));
    whisper(others.length > 3 ? `${others.length} new messages` : said.join(". "));
    if (!this.sticks) part("to-newest").hidden = false;
  }

  async older() {
    if (!this.hasMore || this.loading) return;
    this.loading = true;
    const { place } = this;
    const first = [...this.found.values()].find((one) => !one.ephemeral);
    try {
      const answer = await get(`${this.page.me.id}/channels/${this.page.channelId}/messages?before=${first.ts}`);
      if (!(await this.prepared(answer.messages, place))) return;
      const bottom = this.scroller.scrollHeight - this.scroller.scrollTop;
      this.hasMore = answer.has_more;
      this.found = inOrder([...answer.messages, ...this.found.values()]);
      this.draw();
      this.scroller.scrollTop = this.scroller.scrollHeight - bottom;
    } catch (refused) {
      tell(refused.line);
    } finally {
      this.loading = false;
    }
  }

  draw() {
    const messages = [...this.found.values()];
    this.earlier.hidden = !this.hasMore;
    keepFocus(this.list, () => {
      settle(this.list, messages.length ? this.stretches.drawn(messages) : [this.empty()]);
    });
    for (const ts of [...this.views.keys()]) if (!this.found.has(ts)) this.views.delete(ts);
    if (this.sticks) this.toNewest();
  }

  view(message) {
    const known = this.views.get(message.ts);
    if (known) known.show(message);
    else this.views.set(message.ts, new MessageView(this.page, message, { refresh: () => this.refresh() }));
    return this.views.get(message.ts);
  }

  empty() {
    const { team, where, appName } = this.page;
    const command = team.commands[0]?.name;
    const about = where.at === APP ? `Messages from ${appName} come here.` : "Nothing has been said here yet.";
    return h("div", { class: "empty" }, h("p", {}, about), command && h("p", {}, "Type ", h("code", {}, command), " below to see what you can ask for."));
  }

  /** Take what is shown as read while somebody looks at it. */
  async seen() {
    const { channelId } = this.page;
    if (!channelId || !document.hasFocus() || !this.sticks) return;
    if (this.page.channel(channelId)?.unread === 0 && !this.hasUnseen()) return;
    this.lastSeen = [...this.found.keys()].at(-1);
    await post(`${this.page.me.id}/read`, { channel: channelId }).catch(() => {});
  }

  hasUnseen() {
    return [...this.found.keys()].at(-1) !== this.lastSeen;
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR;
    // What grows by itself, such as a picture that comes in, is no reason to let go of the end.
    this.sticks = isNear || (this.sticks && scrollTop >= this.top);
    this.top = scrollTop;
    if (scrollTop < UPWARDS) this.older();
    if (!isNear) return;
    part("to-newest").hidden = true;
    if (this.hasUnseen()) this.seen();
  }

  toNewest() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    part("to-newest").hidden = true;
  }
}

function inOrder(messages) {
  const sorted = [...messages].sort((one, other) => Number(one.ts) - Number(other.ts));
  return new Map(sorted.map((one) => [one.ts, one]));
}
