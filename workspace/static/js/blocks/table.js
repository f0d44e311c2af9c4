// Tables: real ones, whose first row heads the columns and whose first cell heads its row.
// A cell without words heads nothing.

import { h, uid } from "../dom.js";
import { part } from "./rich.js";

export function table(block, { surface }) {
  const settings = block.column_settings ?? [];
  return wrapped(grid(block.rows, { settings, page: surface.page }), "Table");
}

export function dataTable(block, { surface }) {
  const heads = block.row_header_column_index ?? 0;
  const caption = h("caption", {}, block.caption);
  return wrapped(grid(block.rows, { settings: [], page: surface.page, heads, caption }), block.caption);
}

/** A table from plain rows of text, for what has no drawing of its own. */
export function plainTable(rows, caption) {
  const cells = rows.map((row) => row.map((text) => ({ type: "raw_text", text: String(text) })));
  return grid(cells, { settings: [], page: null, caption: h("caption", {}, caption) });
}

function wrapped(found, label) {
  const id = uid("table");
  return h("div", { id, class: "table-wrap", role: "group", tabindex: "0", "aria-label": `${label}, scrolls sideways where it is wide` }, found);
}

function grid(rows, { settings, page, heads = 0, caption = null }) {
  const [first, ...rest] = rows;
  const cell = (tag, content, at, scope) =>
    h(tag, { scope, class: classes(settings[at], content) }, inside(content, page));
  return h(
    "table",
    {},
    caption,
    h("thead", {}, h("tr", {}, first.map((content, at) => (isEmpty(content) ? cell("td", content, at) : cell("th", content, at, "col"))))),
    h("tbody", {}, rest.map((row) => h("tr", {}, row.map((content, at) => (at === heads && !isEmpty(content) ? cell("th", content, at, "row") : cell("td", content, at)))))),
  );
}

function isEmpty(content) {
  return content.type === "raw_text" && !content.text.trim();
}

function classes(setting, content) {
  const align = setting?.align ?? (content.type === "raw_number" ? "right" : "left");
  return `align-${align}${setting?.is_wrapped ? " wraps" : ""}`;
}

function inside(content, page) {
  if (content.type === "rich_text") return content.elements.map((element) => part(element, page));
  return String(content.text ?? content.value ?? "");
}
