// The app's Home tab.

import { tell } from "./announce.js";
import { get, post } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { h, part } from "./dom.js";
import { gently } from "./gently.js";
import { HOME } from "./route.js";
import { Surface } from "./surface.js";

export class HomeTab {
  constructor(page) {
    this.page = page;
    this.pane = part("home");
    this.blocks = h("div", { class: "blocks home-blocks" });
    this.refresh = gently(() => this.read());
  }

  get isOpen() {
    return this.page.where.at === HOME;
  }

  /** Show the tab and tell the app that it was opened; what was there before shows meanwhile. */
  async open() {
    this.pane.hidden = !this.isOpen;
    if (!this.isOpen) return;
    this.surface = new Surface(this.page, { type: "home" }, { trouble: (refused) => this.trouble(refused), done: () => tell("") });
    this.blocks.replaceChildren();
    await this.refresh();
    if (!this.view) this.pane.replaceChildren(h("p", { class: "empty", role: "status" }, "Opening…"));
    await post(`${this.page.me.id}/home`).catch((refused) => tell(refused.line));
    await this.refresh();
    if (this.isOpen && !this.view) this.pane.replaceChildren(h("p", { class: "empty" }, `${this.page.appName} has not put anything here yet.`));
  }

  async read() {
    if (!this.isOpen) return;
    const { me } = this.page;
    const view = await get(`${me.id}/home`).catch(() => this.view);
    if (me !== this.page.me) return;
    this.view = view;
    if (!view) return;
    this.surface.state = view.state;
    if (this.pane.firstChild !== this.blocks) this.pane.replaceChildren(this.blocks);
    drawBlocks(this.blocks, view.blocks, this.surface, { level: 2 });
  }

  async trouble(refused) {
    await this.refresh();
    tell(refused.line);
  }
}
