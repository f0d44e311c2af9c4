// A field with its label, its hint and what is wrong with it.

import { h, uid } from "../dom.js";
import { buildElement } from "../elements/index.js";
import { icon } from "../icons.js";
import { words } from "../mrkdwn.js";

const GROUPS = new Set(["checkboxes", "radio_buttons"]);

export function input(block, { surface, owner }) {
  const [id, hint, error] = [uid("field"), uid("hint"), uid("error")];
  const grouped = GROUPS.has(block.element.type);
  const label = [words(block.label), block.optional && h("span", { class: "optional" }, " (optional)")];
  const described = [block.hint && hint, error].filter(Boolean).join(" ");
  const names = { "aria-describedby": described, "aria-required": block.optional ? null : "true" };
  const says = h("p", { id: error, class: "error", hidden: true });
  const control = buildElement(block.element, { block, surface, id, names: grouped ? {} : names, grouped });
  const small = block.hint && h("p", { id: hint, class: "hint" }, words(block.hint));
  owner.says = (text) => mark(owner, says, text);
  if (grouped) return h("fieldset", { "aria-describedby": described }, h("legend", { class: "label" }, label), control, small, says);
  return [h("label", { class: "label", for: id }, label), control, small, says];
}

function mark(owner, says, text) {
  says.hidden = !text;
  says.replaceChildren(...(text ? [icon("warning"), h("span", {}, text)] : []));
  owner.classList.toggle("wrong", Boolean(text));
  const wrong = owner.querySelectorAll("fieldset, .field:not(.combo), .combo-input");
  for (const control of wrong) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}
