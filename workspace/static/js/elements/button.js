// Buttons of blocks, and overflow menus: things that are pressed and hold no value.

import { confirmed } from "../confirm.js";
import { h, uid, whileBusy } from "../dom.js";
import { floatBy, sink } from "../floating.js";
import { icon } from "../icons.js";
import { isSafe, words } from "../mrkdwn.js";

/** A button; one with an address opens it too. */
export function button(element, { block, surface }) {
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${element.style ?? ""}`,
      "aria-label": element.accessibility_label,
      data: { action: element.action_id, value: element.value },
    },
    words(element.text),
  );
  node.addEventListener("click", () => whileBusy(node, () => pressed(element, block, surface)));
  return node;
}

async function pressed(element, block, surface) {
  if (!(await confirmed(element, surface.page.nameOf))) return;
  if (element.url && isSafe(element.url)) window.open(element.url, "_blank", "noopener,noreferrer");
  await surface.press(block, element);
}

/** An overflow menu: a button with three dots, and a menu worked by arrow keys. */
export function overflow(element, { block, surface }) {
  const id = uid("menu");
  const opener = h(
    "button",
    {
      type: "button",
      class: "button dots",
      "aria-label": "More actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": id,
      data: { action: element.action_id },
    },
    icon("more"),
  );
  const menu = h("ul", { id, class: "options menu", role: "menu", "aria-label": "More actions", popover: "auto" });
  menu.append(...element.options.map((option) => item(option)));
  const items = [...menu.children];

  async function pick(option) {
    sink(menu);
    opener.focus();
    if (option.url && isSafe(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
    if (!(await confirmed(element, surface.page.nameOf))) return;
    await whileBusy(opener, () => surface.press(block, element, { value: option.value }));
  }

  function item(option) {
    const click = () => pick(option);
    const about = option.description && h("span", { class: "option-about" }, words(option.description));
    return h("li", { role: "menuitem", tabindex: "-1", class: "option", on: { click } }, words(option.text), about);
  }

  function move(event) {
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items.at(to % items.length).focus();
    else if (event.key === "Enter" || event.key === " ") document.activeElement.click();
    else if (event.key === "Escape" || event.key === "Tab") leave(event);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  }

  function leave() {
    sink(menu);
    opener.focus();
  }

  opener.addEventListener("click", () => {
    if (menu.matches(":popover-open")) return sink(menu);
    floatBy(menu, opener);
    items[0]?.focus();
  });
  menu.addEventListener("keydown", move);
  menu.addEventListener("toggle", (event) => opener.setAttribute("aria-expanded", String(event.newState === "open")));
  return h("span", { class: "overflow" }, opener, menu);
}
