// Whether the page hears from the workspace, and the workspace from the app: a line that stays
// as long as either is away. Owns that line only; listening again is the socket's.

import { said, tell } from "./announce.js";
import { part } from "./dom.js";

const LOST = "Not connected to the workspace. Trying again by itself; what you typed is kept.";
const FOUND = "Connected again. This page shows what is there now.";

export class Connection {
  constructor(page) {
    this.page = page;
    this.isLost = false;
  }

  lost() {
    this.isLost = true;
    this.draw();
    if (document.querySelector("dialog[open]")) tell(LOST);
  }

  found() {
    this.isLost = false;
    this.draw();
    if (["", LOST].includes(said())) tell(FOUND); // what went wrong meanwhile is worth more
  }

  /** Say what is away; nothing where all is well. */
  draw() {
    const { team, appName } = this.page;
    const isAway = team && !team.connected;
    const away = () => `${appName} is not connected at the moment. You can read; nothing you press is answered until it is back.`;
    const text = this.isLost ? LOST : isAway ? away() : "";
    if (part("connection").textContent !== text) part("connection").textContent = text;
  }
}
