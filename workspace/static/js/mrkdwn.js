// Slack's markup to nodes. Owns what `*bold*`, `> quotes`, `<links>` and mentions turn into.
// Everything ends as text nodes inside elements made here: no datum is ever parsed as HTML.

import { h } from "./dom.js";
import { moment } from "./dates.js";
import { withEmoji } from "./emoji.js";

const FENCE = /```\n?([\s\S]*?)\n?```/;
const INLINE = /`([^`\n]+)`|<([^<>\s][^<>\n]*)>|(?<![\w*_~])([*_~])(?=\S)([^\n]*?\S)\3(?![\w*_~])/;
const EMPHASIS = { "*": "strong", _: "em", "~": "s" };
const BULLET = /^\s*[•\u25e6\u25aa-]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;
const QUOTE = /^(?:&gt;|>)\s?/;

/** Undo the three entities, once. */
export function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Tell whether an address may be a link: the web and mail only. */
export function isSafe(url) {
  return /^(?:https?:|mailto:)/i.test(url);
}

/** A link that opens apart, or its label as text where the address is none to follow. */
export function link(url, label) {
  if (!isSafe(url)) return h("span", {}, label || url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

/** Read mrkdwn; `names` tells the name behind an id. Gives nodes. */
export function mrkdwn(text, names) {
  const nodes = [];
  let rest = text;
  for (let fence = FENCE.exec(rest); fence; fence = FENCE.exec(rest)) {
    nodes.push(...lines(rest.slice(0, fence.index).replace(/\n$/, ""), names));
    nodes.push(h("pre", {}, unescaped(fence[1])));
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, "");
  }
  return [...nodes, ...lines(rest, names)];
}

function kindOf(line) {
  if (QUOTE.test(line)) return "blockquote";
  if (BULLET.test(line)) return "ul";
  return NUMBER.test(line) ? "ol" : "p";
}

function lines(text, names) {
  if (!text) return [];
  const groups = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    if (groups.at(-1)?.kind !== kind) groups.push({ kind, lines: [] });
    groups.at(-1).lines.push(line);
  }
  return groups.map((group) => GROUPS[group.kind](group.lines, names));
}

const GROUPS = {
  p: (found, names) => h("div", { class: "lines" }, inline(found.join("\n"), names)),
  blockquote: (found, names) => h("blockquote", {}, inline(found.map((line) => line.replace(QUOTE, "")).join("\n"), names)),
  ul: (found, names) => h("ul", {}, found.map((line) => h("li", {}, inline(line.replace(BULLET, ""), names)))),
  ol: (found, names) => {
    const start = Number.parseInt(found[0], 10);
    return h("ol", { start }, found.map((line) => h("li", {}, inline(line.replace(NUMBER, ""), names))));
  },
};

/** Read one stretch without lines of its own. Gives nodes and text. */
export function inline(text, names) {
  const nodes = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    nodes.push(withEmoji(unescaped(rest.slice(0, found.index))), span(found, names));
    rest = rest.slice(found.index + found[0].length);
  }
  return [...nodes, withEmoji(unescaped(rest))].filter((node) => node !== "");
}

function span([, code, control, sign, inside], names) {
  if (code !== undefined) return h("code", {}, unescaped(code));
  if (control !== undefined) return special(control, names);
  return h(EMPHASIS[sign], {}, inline(inside, names));
}

function special(control, names) {
  const bar = control.indexOf("|");
  const target = bar < 0 ? control : control.slice(0, bar);
  const label = bar < 0 ? "" : unescaped(control.slice(bar + 1));
  if (target.startsWith("@")) return mention(`@${names(target.slice(1))}`);
  if (target.startsWith("#")) return mention(`#${names(target.slice(1))}`);
  if (target.startsWith("!date^")) return document.createTextNode(label);
  if (target.startsWith("!")) return mention(label || `@${target.slice(1)}`);
  return isSafe(target) ? link(unescaped(target), label) : document.createTextNode(`<${unescaped(control)}>`);
}

/** A person's, a channel's or a group's name, marked as such. */
export function mention(text) {
  return h("span", { class: "mention" }, text);
}

/** A date written for a person in their zone, for rich text. */
export function dateWords(timestamp, zone) {
  return moment(new Date(timestamp * 1000), zone);
}

/** Read a text object: markup where it is mrkdwn, words where it is plain. Gives nodes. */
export function textNodes(object, names) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, names);
  return [h("div", { class: "lines" }, words(object))];
}

/** The words of a text object without any form. */
export function words(object) {
  if (!object) return "";
  const text = unescaped(object.text ?? "");
  return object.emoji === false ? text : withEmoji(text);
}
