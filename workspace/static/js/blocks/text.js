// Blocks of words: header, section, context, divider, markdown, alert, and any not known here.

import { h, uid, unseen } from "../dom.js";
import { buildElement } from "../elements/index.js";
import { inline, textNodes, words } from "../mrkdwn.js";
import { picture } from "./media.js";

export function header(block, { level }) {
  return h(`h${level}`, { class: "block-title" }, words(block.text));
}

export function divider() {
  return h("hr");
}

export function section(block, { surface }) {
  const names = surface.page.nameOf;
  const id = uid("section");
  const fields = block.fields ?? [];
  const text = h(
    "div",
    { class: "section-text", id },
    textNodes(block.text, names),
    fields.length > 0 && h("div", { class: "fields" }, fields.map((field) => h("div", { class: "pair" }, textNodes(field, names)))),
  );
  return [text, block.accessory && h("div", { class: "accessory" }, accessory(block, surface, id))];
}

function accessory(block, surface, id) {
  const element = block.accessory;
  if (element.type === "image") return picture(element, "thumbnail");
  return buildElement(element, { block, surface, names: { "aria-labelledby": id } });
}

export function context(block, { surface }) {
  return block.elements.map((element) => {
    if (element.type === "image") return picture(element, "tiny");
    const text = element.type === "mrkdwn" ? inline(element.text, surface.page.nameOf) : words(element);
    return h("span", { class: "context-text" }, text);
  });
}

const LEVELS = { info: "Note: ", warning: "Warning: ", error: "Error: ", success: "Done: " };

export function alert(block, { surface }) {
  const level = block.level ?? "default";
  const kind = LEVELS[level] ? unseen(LEVELS[level]) : null;
  return h("div", { class: `alert alert-${level}` }, kind, textNodes(block.text, surface.page.nameOf));
}

export function markdown(block) {
  return h("div", { class: "lines" }, block.text);
}

/** Words of a block this page has no form for, so that nothing is swallowed. */
export function unknown(block) {
  const found = [];
  const seek = (value, key) => {
    if (typeof value === "string" && ["text", "alt_text", "title", "fallback"].includes(key)) found.push(value);
    else if (value && typeof value === "object") Object.entries(value).forEach(([name, inner]) => seek(inner, name));
  };
  seek(block, "");
  return h("div", { class: "lines" }, found.join("\n") || `This workspace does not show a ${block.type.replaceAll("_", " ")}.`);
}
