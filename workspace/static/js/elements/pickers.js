// Days and times: the browser's own fields, which every keyboard and screen reader knows.
// Owns when a choice counts: at once from the calendar, on leaving or Enter when it is typed.

import { confirmed } from "../confirm.js";
import { fromWall, toWall } from "../dates.js";
import { h } from "../dom.js";
import { same } from "../values.js";

const KINDS = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

/** Build a date, time or date-and-time field. */
export function picker(element, context) {
  const { block, surface, id, names } = context;
  const zone = surface.page.me.tz;
  const isInstant = element.type === "datetimepicker";
  const field = h("input", { id, class: "field day", type: KINDS[element.type], ...names });
  const key = `${block.block_id}/${element.action_id}`;
  let byKey = false;
  let sent = surface.bareValue(block, element);
  show();

  function show() {
    const value = surface.value(block, element);
    field.value = value === null ? "" : isInstant ? toWall(new Date(value * 1000), zone) : value;
  }

  function now() {
    if (!field.value) return null;
    return isInstant ? Math.floor(fromWall(field.value, zone).getTime() / 1000) : field.value;
  }

  async function send() {
    surface.unsent.delete(key);
    if (same(now(), sent)) return;
    const before = sent;
    sent = now();
    if ((await confirmed(element, surface.page.nameOf)) && (await surface.hold(block, element, sent))) return;
    sent = before;
    show();
  }

  field.addEventListener("keydown", (event) => {
    byKey = true;
    if (event.key !== "Enter") return;
    event.preventDefault();
    send();
  });
  field.addEventListener("pointerdown", () => {
    byKey = false;
  });
  field.addEventListener("change", () => {
    surface.unsent.set(key, send);
    if (!byKey) send();
  });
  field.addEventListener("blur", () => surface.unsent.has(key) && send());
  context.reads(now);
  return h("div", { class: "control", data: { action: element.action_id } }, field);
}
