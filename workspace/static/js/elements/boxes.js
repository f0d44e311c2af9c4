// Boxes to tick and buttons of which one is on.

import { confirmed } from "../confirm.js";
import { h, uid } from "../dom.js";
import { inline, words } from "../mrkdwn.js";

/** Build checkboxes or radio buttons. The group's name comes from the fieldset around it. */
export function boxes(element, context) {
  const { block, surface, names } = context;
  const many = element.type === "checkboxes";
  const group = uid("group");
  const inputs = element.options.map((option) =>
    h("input", { type: many ? "checkbox" : "radio", name: group, value: option.value, class: "tick", data: { action: element.action_id, value: option.value } }),
  );
  show();

  function show() {
    const value = surface.bareValue(block, element);
    const on = Array.isArray(value) ? value : [value];
    for (const input of inputs) input.checked = on.includes(input.value);
  }

  function now() {
    const on = inputs.filter((input) => input.checked).map((input) => input.value);
    return many ? on : (on[0] ?? null);
  }

  async function send() {
    if (!(await confirmed(element, surface.page.nameOf)) || !(await surface.hold(block, element, now()))) show();
  }

  for (const input of inputs) input.addEventListener("change", send);
  context.reads(now);
  const rows = element.options.map((option, at) => row(option, inputs[at], surface.page.nameOf));
  const role = many ? "group" : "radiogroup";
  return h("div", { class: "control boxes", ...(context.grouped ? {} : { role, ...names }) }, rows);
}

function row(option, input, names) {
  const about = uid("about");
  if (option.description) input.setAttribute("aria-describedby", about);
  const text = option.text.type === "mrkdwn" ? inline(option.text.text, names) : words(option.text);
  return h(
    "div",
    { class: "box" },
    h("label", {}, input, h("span", {}, text)),
    option.description && h("p", { id: about, class: "option-about" }, words(option.description)),
  );
}
