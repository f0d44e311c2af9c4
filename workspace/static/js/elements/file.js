// A field for files: the browser's own, which every keyboard and screen reader knows.
// Owns sending what was chosen and naming what the field holds.

import { Refused, upload } from "../api.js";
import { h } from "../dom.js";

/** Build a file field. */
export function fileField(element, context) {
  const { block, surface, id, names } = context;
  const accept = (element.filetypes ?? []).map((kind) => `.${kind}`).join(",");
  const many = (element.max_files ?? 10) > 1;
  const field = h("input", { id, class: "field file", type: "file", accept, multiple: many, ...names });
  const said = h("p", { class: "hint", role: "status" });
  show();

  function held() {
    return surface.value(block, element) ?? [];
  }

  function show() {
    const files = held();
    said.textContent = files.length ? `Chosen: ${files.map((file) => file.name).join(", ")}` : "";
  }

  async function send() {
    if (!field.files.length) return;
    said.textContent = "Sending the file…";
    try {
      const sent = [];
      for (const file of field.files) {
        const path = `${surface.page.me.id}/upload?name=${encodeURIComponent(file.name)}`;
        sent.push((await upload(path, file)).id);
      }
      await surface.hold(block, element, sent);
      show();
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      said.textContent = fault.line;
    }
  }

  field.addEventListener("change", send);
  context.reads(() => held().map((file) => file.id));
  return h("div", { class: "control", data: { action: element.action_id } }, field, said);
}
