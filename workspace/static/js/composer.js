// Writing: a message, a reply, or a slash command with its suggestions.

import { tell } from "./announce.js";
import { post } from "./api.js";
import { Commands } from "./commands.js";
import { h, uid, whileBusy } from "./dom.js";
import { icon } from "./icons.js";

const TALLEST = 180;

export class Composer {
  constructor(page, holder) {
    this.page = page;
    const id = uid("write");
    this.label = h("label", { class: "unseen", for: id }, "Message");
    this.field = h("textarea", { id, rows: "1", autocomplete: "off" });
    this.send = h("button", { type: "submit", class: "send", "aria-label": "Send" }, icon("send"));
    this.form = h("form", { class: "composer" }, this.label, this.field, this.send);
    this.commands = new Commands(page, this.field, () => this.grow());
    holder.append(this.commands.hint, this.form, this.commands.list);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      whileBusy(this.send, () => this.sent());
    });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
  }

  /** Write to a place; what was typed there before is there again. `channel` gives its id. */
  open({ key, channel, label, thread = null }) {
    if (this.place?.key !== key) this.field.value = this.page.drafts.get(key) ?? "";
    this.place = { key, channel, thread };
    this.label.textContent = thread ? "Reply in this thread" : `Message to ${label}`;
    const archived = this.page.channel(channel())?.archived;
    this.field.disabled = Boolean(archived);
    this.send.disabled = Boolean(archived);
    this.field.placeholder = archived ? "This channel is archived: it can be read only" : thread ? "Reply…" : `Write to ${label}, or type / for commands`;
    this.grow();
    this.commands.look();
  }

  typed() {
    this.page.drafts.set(this.place.key, this.field.value);
    this.grow();
    this.commands.look();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  key(event) {
    if (event.isComposing || this.commands.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  async sent() {
    const { key } = this.place;
    const text = this.field.value.trim();
    if (!text) return;
    this.field.readOnly = true;
    try {
      const isDone = await (text.startsWith("/") ? this.command(text) : this.say(text));
      if (isDone) this.clear(key);
    } catch (refused) {
      tell(refused.line);
    } finally {
      this.field.readOnly = false;
    }
  }

  clear(key) {
    this.page.drafts.delete(key);
    if (this.place.key === key) this.field.value = "";
    this.grow();
    this.commands.look();
  }

  async say(text) {
    const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const { channel, thread } = this.place;
    await post(`${this.page.me.id}/say`, { channel: channel(), text: escaped, thread_ts: thread });
    tell("");
    return true;
  }

  async command(text) {
    const [, name, rest] = /^(\S+)\s*([\s\S]*)$/.exec(text);
    const known = this.page.team.commands.map((one) => one.name);
    if (this.place.thread) {
      tell("Slash commands do not work in a thread. Type it in the message box below the messages.");
      return false;
    }
    if (!known.includes(name)) {
      tell(`${name} is not a command here. What you can type: ${known.join(", ") || "no commands"}.`);
      return false;
    }
    tell("Working…");
    try {
      await post(`${this.page.me.id}/command`, { name, text: rest, channel: this.place.channel() });
      tell("");
      return true;
    } catch (refused) {
      tell(refused.kind === "unanswered" ? "" : refused.line); // no answer is said among the messages
      return false;
    }
  }
}
