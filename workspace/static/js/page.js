// The whole page: who one is, where one is, and what each part has to draw again when something
// changed. Owns the order of things; every part draws itself.

import { tell, whisper } from "./announce.js";
import { get } from "./api.js";
import { ClockBar } from "./clock.js";
import { Connection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { part } from "./dom.js";
import { Everybody } from "./everybody.js";
import { gently } from "./gently.js";
import { HomeTab } from "./home.js";
import { icon } from "./icons.js";
import { Live } from "./live.js";
import { ModalDialog } from "./modal.js";
import { PeopleDialog } from "./people.js";
import { APP, HOME, visit, whereabouts } from "./route.js";
import { Sidebar } from "./sidebar.js";
import { Thread } from "./thread.js";

const LOOK_AGAIN_MS = 20000;

export class Page {
  constructor() {
    this.people = [];
    this.channels = [];
    this.where = whereabouts();
    this.drafts = new Map();
    this.clock = new ClockBar(this);
    this.connection = new Connection(this);
    this.sidebar = new Sidebar(this);
    this.everybody = new Everybody(this);
    this.conversation = new Conversation(this);
    this.thread = new Thread(this);
    this.home = new HomeTab(this);
    this.modal = new ModalDialog(this);
    this.chooser = new PeopleDialog(this);
    this.lookAgain = gently(() => this.everything());
    this.lookAround = gently(() => this.list());
  }

  /** Draw the page for the first time, and keep it as it should be from then on. */
  async start() {
    part("menu").append(icon("menu"));
    part("thread-close").append(icon("close"));
    addEventListener("popstate", () => this.go(whereabouts(), { isBack: true }));
    addEventListener("focus", () => this.conversation.seen());
    setInterval(() => document.hidden || this.clock.refresh(), LOOK_AGAIN_MS);
    await this.known();
    await this.be(this.where.as, { replace: true });
  }

  async known() {
    try {
      [this.team, this.people] = await Promise.all([get("team"), get("people")]);
    } catch (refused) {
      tell(refused.line);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      await this.known();
    }
  }

  /** Become a person: everything is theirs from now on. */
  async be(id, { replace = false } = {}) {
    this.me = this.present().find((one) => one.id === id) ?? this.present()[0];
    if (!this.me) return tell("Nobody is in this workspace yet.");
    this.live?.end();
    this.live = new Live(`/client/live?user=${encodeURIComponent(this.me.id)}`, {
      heard: (change) => this.heard(change),
      lost: () => this.connection.lost(),
      found: () => this.found(),
    });
    this.modal.show(null);
    this.everybody.draw();
    await Promise.all([this.list(), this.clock.refresh()]);
    await Promise.all([this.go({ ...this.where, as: this.me.id }, { replace }), this.modal.refresh()]);
  }

  /** Switch to another person, at their direct message. */
  async become(id) {
    visit({ as: id, at: APP, thread: "" });
    this.where = { as: id, at: APP, thread: "" };
    await this.be(id);
    whisper(`You are now ${this.me.name}`);
    part("place-title").focus();
  }

  /** Open a place. A place that is not there any more gives way to the direct message. */
  async go(where, { replace = false, isBack = false } = {}) {
    if (where.as !== this.me.id && this.present().some((one) => one.id === where.as)) {
      this.where = where;
      return await this.be(where.as, { replace: true });
    }
    const isThere = where.at === APP || (where.at === HOME && this.team.home_tab) || this.channel(where.at);
    this.where = { ...(isThere ? where : { at: APP, thread: "" }), as: this.me.id };
    if (!isBack) visit(this.where, { replace });
    document.body.classList.remove("menu-open");
    part("menu").setAttribute("aria-expanded", "false");
    this.sidebar.draw();
    tell("");
    await Promise.all([this.conversation.open(), this.home.open(), this.thread.open()]);
  }

  /** Take in one change from the socket. */
  heard({ kind, channel }) {
    if (kind === "message" || kind === "ephemeral") {
      this.lookAround();
      this.conversation.heard(channel);
      this.thread.heard(channel);
    } else if (kind === "unread") this.lookAround();
    else if (kind === "modal") this.modal.refresh();
    else if (kind === "home") this.home.refresh();
    else if (kind === "people") this.everybody.refresh();
    else if (kind === "clock") this.clock.refresh();
    else if (kind === "socket") this.lookAround();
  }

  /** Read again who is there and what they have not read. */
  async list() {
    const before = this.channelId;
    try {
      [this.team, this.channels] = await Promise.all([get("team"), get(`${this.me.id}/channels`)]);
      this.sidebar.draw();
      this.connection.draw();
      if (this.channelId !== before) this.conversation.refresh();
    } catch (refused) {
      if (refused.kind === "gone") this.people = await get("people").catch(() => this.people);
    }
  }

  async found() {
    this.connection.found();
    await this.lookAgain();
  }

  async everything() {
    await this.known();
    if (!this.present().some((one) => one.id === this.me.id)) return await this.be("", { replace: true });
    await this.list();
    this.everybody.draw();
    if (!this.channelId && this.where.at !== APP && this.where.at !== HOME) return await this.go({ ...this.where, at: APP });
    await Promise.all([this.conversation.refresh(), this.thread.refresh(), this.home.refresh(), this.modal.refresh(), this.clock.refresh()]);
  }

  /** The people who are still here. */
  present() {
    return this.people.filter((one) => !one.deleted && !one.is_bot);
  }

  channel(id) {
    return this.channels.find((one) => one.id === id) ?? null;
  }

  /** The id of the channel that is open; null for a direct message nobody opened yet, and for Home. */
  get channelId() {
    if (this.where.at === HOME) return null;
    if (this.where.at !== APP) return this.channel(this.where.at)?.id ?? null;
    return this.channels.find((one) => one.is_dm)?.id ?? null;
  }

  /** The app's name with a capital, as its entry in the sidebar has it. */
  get appName() {
    return this.team.app.name.replace(/^./, (letter) => letter.toUpperCase());
  }

  /** Give the name behind an id; the id itself is never shown. */
  nameOf = (id) => {
    if (id === this.team.app.user) return this.appName;
    const one = this.people.find((person) => person.id === id) ?? this.channel(id);
    return one?.name ?? "somebody not here";
  };
}
