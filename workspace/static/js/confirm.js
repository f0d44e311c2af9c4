// Asking once more before something is done: a small dialog with two answers.

import { h, uid } from "./dom.js";
import { textNodes, words } from "./mrkdwn.js";

/** Ask. `body` is text or nodes. Gives true for `yes`; Escape means no. */
export function ask({ title, body, yes, no, style = "primary" }) {
  const [heading, about] = [uid("ask"), uid("ask")];
  const answer = (value) => () => dialog.close(value);
  const dialog = h(
    "dialog",
    { class: "ask", role: "alertdialog", "aria-labelledby": heading, "aria-describedby": about },
    h("h2", { id: heading }, title),
    h("div", { id: about, class: "ask-body" }, body),
    h(
      "div",
      { class: "dialog-foot" },
      h("button", { type: "button", class: "button", on: { click: answer("no") } }, no),
      h("button", { type: "button", class: `button ${style}`, on: { click: answer("yes") } }, yes),
    ),
  );
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

/** Ask what an element's own `confirm` says; elements without one need no asking. */
export async function confirmed(element, names) {
  const said = element.confirm;
  if (!said) return true;
  return await ask({
    title: words(said.title),
    body: textNodes(said.text, names),
    yes: words(said.confirm),
    no: words(said.deny),
    style: said.style ?? "primary",
  });
}
