// Everybody in the workspace, in the sidebar: name, role, what waits for them. Following one is
// being them. Owns the list and when it is read again; choosing by search is the people dialog's.

import { get } from "./api.js";
import { h, part, settle, unseen } from "./dom.js";
import { face } from "./faces.js";
import { keepFocus } from "./focus.js";
import { gently } from "./gently.js";
import { address, APP } from "./route.js";

const REST_MS = 600;

export class Everybody {
  constructor(page) {
    this.page = page;
    this.list = part("everybody");
    this.rows = new Map();
    this.refresh = gently(() => this.read());
  }

  /** Read again what waits for whom, and rest a little: where much happens, much is told. */
  async read() {
    this.page.people = await get("people").catch(() => this.page.people);
    this.draw();
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }

  draw() {
    const present = this.page.present();
    part("everybody-count").textContent = String(present.length);
    keepFocus(this.list, () => settle(this.list, present.map((one) => this.row(one))));
  }

  /** A person's row, the same one as long as it would look the same. */
  row(one) {
    const isMe = one.id === this.page.me?.id;
    const looks = JSON.stringify([one.name, one.title, isMe ? 0 : one.unread, isMe]);
    const known = this.rows.get(one.id);
    if (known?.looks === looks) return known.node;
    const node = h("li", {}, this.link(one, isMe));
    this.rows.set(one.id, { looks, node });
    return node;
  }

  link(one, isMe) {
    const words = h("span", { class: "side-name" }, one.name, one.title && [unseen(", "), h("span", { class: "side-title" }, one.title)]);
    const count = !isMe && one.unread > 0 && h("span", { class: "badge" }, String(one.unread), unseen(" unread"));
    const click = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.page.become(one.id);
    };
    const look = `side-link side-person${count ? " unread" : ""}`;
    const href = address({ as: one.id, at: APP, thread: "" });
    return h("a", { href, class: look, "aria-current": isMe && "true", data: { action: "be", value: one.id }, on: { click } }, face(one.id, one.name), words, count);
  }
}
