// Rich text: sections, lists, quotes and code, with people, channels, links, emoji and dates in them.

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { dateWords, isSafe, link, mention } from "../mrkdwn.js";

const STYLES = { code: "code", strike: "s", italic: "em", bold: "strong", underline: "u" };

export function rich(block, { surface }) {
  return block.elements.map((element) => part(element, surface.page));
}

/** Draw one part of rich text; tables use it for their cells. */
export function part(element, page) {
  const inside = () => element.elements.map((one) => piece(one, page));
  if (element.type === "rich_text_quote") return h("blockquote", {}, inside());
  if (element.type === "rich_text_preformatted") return h("pre", {}, inside());
  if (element.type === "rich_text_list") return list(element, page);
  return h("div", { class: "lines" }, inside());
}

function list(element, page) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = element.offset ? element.offset + 1 : null;
  const items = element.elements.map((one) => h("li", {}, one.elements.map((inner) => piece(inner, page))));
  return h(tag, { start, class: `indent-${element.indent ?? 0}` }, items);
}

function piece(one, page) {
  let node = (PIECES[one.type] ?? PIECES.text)(one, page);
  for (const [style, tag] of Object.entries(STYLES)) if (one.style?.[style]) node = h(tag, {}, node);
  return node;
}

const PIECES = {
  text: (one) => document.createTextNode(one.text ?? one.fallback ?? ""),
  link: (one) => link(one.url, one.text),
  user: (one, page) => mention(`@${page.nameOf(one.user_id)}`),
  usergroup: (one) => mention(`@${one.usergroup_id}`),
  channel: (one, page) => mention(`#${page.nameOf(one.channel_id)}`),
  broadcast: (one) => mention(`@${one.range}`),
  emoji: (one) => document.createTextNode(withEmoji(`:${one.name}:`)),
  color: (one) => h("code", {}, one.value),
  date: (one, page) => {
    const text = dateWords(one.timestamp, page.me.tz);
    return one.url && isSafe(one.url) ? link(one.url, text) : document.createTextNode(text);
  },
};
