// Which element is built by which file. A kind not listed says so in words.

import { h } from "../dom.js";
import { boxes } from "./boxes.js";
import { button, overflow } from "./button.js";
import { fileField } from "./file.js";
import { picker } from "./pickers.js";
import { select } from "./selects.js";
import { typed } from "./typed.js";

const BUILDERS = {
  button,
  checkboxes: boxes,
  datepicker: picker,
  datetimepicker: picker,
  email_text_input: typed,
  file_input: fileField,
  number_input: typed,
  overflow,
  plain_text_input: typed,
  radio_buttons: boxes,
  rich_text_input: typed,
  timepicker: picker,
  url_text_input: typed,
};
const SELECT = /^(?:multi_)?(?:static|external|users|conversations|channels)_select$/;

/**
 * Build an element. `names` are the attributes that name and describe its control, `id` the
 * control's id; `grouped` says that a fieldset names it.
 */
export function buildElement(element, { block, surface, names = {}, id = null, grouped = false }) {
  const context = { block, surface, names, id, grouped, reads: (read) => surface.reads(block, element, read) };
  const build = SELECT.test(element.type) ? select : BUILDERS[element.type];
  if (build) return build(element, context);
  return h("span", { class: "missing" }, `This workspace does not show a ${element.type.replaceAll("_", " ")}.`);
}
