// A row of elements.

import { buildElement } from "../elements/index.js";
import { words } from "../mrkdwn.js";

export function actions(block, { surface }) {
  return block.elements.map((element) => {
    const label = words(element.placeholder) || NAMES[element.type] || "Choose";
    return buildElement(element, { block, surface, names: { "aria-label": label } });
  });
}

const NAMES = {
  checkboxes: "Tick what applies",
  datepicker: "Choose a day",
  datetimepicker: "Choose a day and time",
  radio_buttons: "Choose one",
  timepicker: "Choose a time",
};
