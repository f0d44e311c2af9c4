// Fields one types in: a line, several lines, a number, an address.
// Owns when what was typed is sent: after a short pause in a modal, on leaving the field elsewhere.

import { h } from "../dom.js";
import { words } from "../mrkdwn.js";

const PAUSE_MS = 300;
const LONGEST = 3000;
const MODES = { number_input: "decimal", email_text_input: "email", url_text_input: "url" };
const KINDS = { email_text_input: "email", url_text_input: "url" };

/** Build a field of any typed kind. */
export function typed(element, context) {
  const { block, surface, id, names } = context;
  const onEnter = (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes("on_enter_pressed");
  const long = element.multiline || element.type === "rich_text_input";
  const shared = { id, class: "field", placeholder: words(element.placeholder) || null, ...names };
  const field = long
    ? h("textarea", { ...shared, rows: "4" })
    : h("input", { ...shared, type: KINDS[element.type] ?? "text", inputmode: MODES[element.type], autocomplete: "off" });
  field.value = written(surface.value(block, element));
  const key = `${block.block_id}/${element.action_id}`;
  let timer = 0;

  function send(entered = false) {
    clearTimeout(timer);
    surface.unsent.delete(key);
    return surface.hold(block, element, field.value, entered);
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    surface.unsent.set(key, send);
    if (surface.isModal) timer = setTimeout(send, PAUSE_MS);
    counted();
  });
  field.addEventListener("change", () => surface.unsent.has(key) && send(false));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || (long && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    if (block.dispatch_action && onEnter && !long) send(true);
    else field.form?.requestSubmit();
  });

  const counter = element.max_length && element.max_length <= LONGEST ? h("p", { class: "counter", "aria-live": "polite" }) : null;
  function counted() {
    if (counter) counter.textContent = remaining(element.max_length, field.value.length);
  }

  counted();
  context.reads(() => (element.type === "rich_text_input" ? surface.value(block, element) : field.value));
  return h("div", { class: "control", data: { action: element.action_id } }, field, counter);
}

function remaining(most, length) {
  const left = most - length;
  if (left < 0) return `${-left === 1 ? "1 character" : `${(-left).toLocaleString("en-GB")} characters`} too many`;
  if (left > Math.max(20, most / 10)) return "";
  return `${left === 1 ? "1 character" : `${left.toLocaleString("en-GB")} characters`} left`;
}

function written(value) {
  if (value && typeof value === "object") return flat(value);
  return value ?? "";
}

function flat(rich) {
  if (!rich.elements) return rich.text ?? "";
  return rich.elements.map(flat).join(rich.type === "rich_text" ? "\n" : "");
}
