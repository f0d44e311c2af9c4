// The list at the side: who one is, the channels, the app's messages and Home, with what is not
// read yet. The people below them draw themselves.

import { h, part, unseen } from "./dom.js";
import { face } from "./faces.js";
import { keepFocus } from "./focus.js";
import { icon } from "./icons.js";
import { address, APP, HOME } from "./route.js";

export class Sidebar {
  constructor(page) {
    this.page = page;
    part("you").addEventListener("click", () => page.chooser.open());
    part("menu").addEventListener("click", () => this.toggle());
    part("sidebar").addEventListener("keydown", (event) => event.key === "Escape" && this.toggle(false));
    document.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("#sidebar, #menu, dialog")) this.toggle(false);
    });
  }

  /** On a phone the list is a menu. */
  toggle(open = !document.body.classList.contains("menu-open")) {
    if (open === document.body.classList.contains("menu-open")) return;
    document.body.classList.toggle("menu-open", open);
    part("menu").setAttribute("aria-expanded", String(open));
    if (open) part("you").focus();
    else if (part("sidebar").contains(document.activeElement)) part("menu").focus();
  }

  draw() {
    const { page } = this;
    const { me, team } = page;
    const line = (look, text) => h("span", { class: look }, text);
    const [first, second] = me.title ? [capital(me.title), me.name] : [me.name, ""];
    const words = h("span", { class: "you-words" }, line("you-are", "You are:"), line("you-role", first), line("you-name", second));
    part("you").replaceChildren(face(me.id, me.name), words, icon("down"));
    part("you").setAttribute("aria-label", `You are: ${[first, second].filter(Boolean).join(", ")}. Be somebody else`);
    const channels = page.channels.filter((one) => !one.is_dm).sort((one, other) => one.name.localeCompare(other.name));
    const rows = channels.map((one) => this.row(one.id, one.name, one.unread, icon(one.private ? "lock" : "hash")));
    places("channels", rows.length ? rows : [h("li", { class: "no-places" }, "No channels yet")]);
    const unread = page.channels.find((one) => one.is_dm)?.unread ?? 0;
    const away = team.connected ? "" : " (away)";
    places("direct", [this.row(APP, page.appName + away, unread, face("", "", { isApp: true }))]);
    part("apps-heading").hidden = !team.home_tab;
    places("apps", team.home_tab ? [this.row(HOME, "App Home", 0, icon("home"))] : []);
    this.heads();
  }

  row(at, name, unread, mark) {
    const { page } = this;
    const here = page.where.at === at;
    const where = { as: page.me.id, at, thread: "" };
    const count = unread > 0 && h("span", { class: "badge" }, String(unread), unseen(" unread"));
    return h("li", {}, goTo(page, where, { class: `side-link${unread ? " unread" : ""}`, "aria-current": here && "page", data: { action: "go", value: at } }, mark, h("span", { class: "side-name" }, name), count));
  }

  /** The title of the place, and the app's two tabs. */
  heads() {
    const { page } = this;
    const channel = page.channel(page.where.at);
    const isApp = page.where.at === APP || page.where.at === HOME;
    part("place-title").replaceChildren(...(isApp ? [page.appName] : [icon("hash"), channel?.name ?? ""]));
    document.title = `${isApp ? page.appName : `#${channel?.name}`} · ${page.me.name} · ${page.team.name}`;
    part("tabs").setAttribute("aria-label", page.appName);
    part("tabs").hidden = !isApp || !page.team.home_tab;
    const tab = (at, name) => goTo(page, { as: page.me.id, at, thread: "" }, { class: "tab", "aria-current": page.where.at === at && "page" }, name);
    if (part("tabs").contains(document.activeElement)) return this.current();
    part("tabs").replaceChildren(tab(HOME, "Home"), tab(APP, "Messages"));
  }

  current() {
    for (const tab of part("tabs").children) {
      const here = new URLSearchParams(new URL(tab.href).search).get("at") === this.page.where.at;
      if (here) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  }
}

function capital(text) {
  return text.replace(/^./, (letter) => letter.toUpperCase());
}

/** Draw the links of one part of the list again, and leave the focus where it is. */
function places(id, rows) {
  keepFocus(part(id), () => part(id).replaceChildren(...rows));
}

/** A link to a place that is followed without loading the page again. */
function goTo(page, where, attributes, ...children) {
  const click = async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const inSidebar = Boolean(event.currentTarget.closest("#sidebar"));
    await page.go(where);
    if (inSidebar) part("place-title").focus();
  };
  return h("a", { href: address(where), on: { click }, ...attributes }, ...children);
}
