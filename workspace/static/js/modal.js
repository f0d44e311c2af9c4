// The modal on top of a person's stack: showing it, sending it, closing it.
// Owns the focus on the way in, over errors and on the way out, and asks before typed words go.

import { tell } from "./announce.js";
import { acts, get, post } from "./api.js";
import { drawBlocks } from "./blocks/index.js";
import { ask } from "./confirm.js";
import { h, part, whileBusy } from "./dom.js";
import { control } from "./focus.js";
import { gently } from "./gently.js";
import { icon } from "./icons.js";
import { Surface } from "./surface.js";
import { isTouched } from "./values.js";

const FORM_GONE = "That form is not open any more, so nothing was sent. The page now shows what is there.";

export class ModalDialog {
  constructor(page) {
    this.page = page;
    this.dialog = part("modal");
    this.view = null;
    this.refresh = gently(() => this.read());
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.dialog) return;
      event.preventDefault();
      this.leave();
    });
  }

  /** Ask the workspace what is on top. An answer from before the last act is asked for again. */
  async read() {
    const { me } = this.page;
    const before = acts.count;
    const view = await get(`${me.id}/modal`).catch(() => this.view);
    if (me !== this.page.me) return;
    if (before !== acts.count) return await this.read();
    const closed = !view && acts.running === 0 ? this.view?.title : null;
    this.show(view);
    if (closed) tell(`The form “${closed}” is not open any more: it was closed elsewhere, or the workspace was started again.`);
  }

  /**
   * Show a view, or none. Errors stay at their fields until the form is sent again (`isJudged`),
   * so that nothing moves under a pointer on its way to the button.
   */
  show(view, { isJudged = false } = {}) {
    if (view === undefined) return;
    if (!view) return this.hide();
    const isNew = view.id !== this.view?.id;
    const isOther = !isNew && view.title !== this.view.title;
    const isSame = !isNew && JSON.stringify(view.blocks) === JSON.stringify(this.view.blocks);
    this.errors = isSame && !isJudged ? { ...this.errors, ...view.errors } : view.errors;
    this.view = view;
    if (isNew) this.build();
    this.surface.state = view.state;
    this.heads();
    drawBlocks(this.blocks, view.blocks, this.surface, { level: 3, errors: this.errors });
    this.trouble.hidden = !view.line;
    this.trouble.textContent = view.line ?? "";
    if (!this.dialog.open) this.dialog.showModal();
    if (isNew) this.enter();
    else if (isOther || !this.dialog.contains(document.activeElement)) this.title.focus();
  }

  build() {
    this.surface = new Surface(this.page, { type: "modal", id: this.view.id }, { trouble: (refused) => this.failed(refused) });
    const button = (label, name, click) => h("button", { type: "button", class: "icon-button", "aria-label": label, on: { click } }, icon(name));
    this.back = button("Back to the form before", "back", () => this.leave());
    this.title = h("h2", { id: "modal-title", tabindex: "-1" });
    this.blocks = h("div", { class: "blocks" });
    this.trouble = h("p", { class: "error trouble", role: "alert", hidden: true });
    this.cancel = h("button", { type: "button", class: "button", on: { click: () => this.leave() } });
    this.send = h("button", { type: "submit", class: "button primary" });
    const form = h(
      "form",
      { novalidate: true, on: { submit: (event) => this.submit(event) } },
      h("header", { class: "dialog-head" }, this.back, this.title, button("Close", "close", () => this.leave({ everything: true }))),
      h("div", { class: "dialog-body", tabindex: "-1" }, this.blocks),
      h("div", { class: "dialog-foot" }, this.trouble, h("p", { class: "status", role: "status", data: { status: "" } }), this.cancel, this.send),
      h("p", { class: "unseen", "aria-live": "polite", data: { whisper: "" } }),
    );
    this.dialog.replaceChildren(form);
  }

  heads() {
    const { title, submit, close, depth } = this.view;
    this.title.textContent = title;
    this.back.hidden = depth < 2;
    this.cancel.textContent = close ?? (submit ? "Cancel" : "Close");
    this.send.hidden = !submit;
    this.send.textContent = submit ?? "";
  }

  enter() {
    const wanted = this.view.blocks.find((block) => block.element?.focus_on_load) ?? this.view.blocks.find((block) => block.type === "input");
    const block = wanted && this.blocks.querySelector(`[data-block="${CSS.escape(wanted.block_id)}"]`);
    const first = block && control(block);
    (first ?? this.title).focus();
    this.blocks.parentElement.scrollTop = 0;
  }

  async submit(event) {
    event.preventDefault();
    await whileBusy(this.send, async () => {
      await this.surface.flush();
      this.errors = {};
      try {
        const outcome = await post(`${this.page.me.id}/submit`, { surface: this.surface.name });
        this.show(outcome.modal, { isJudged: true });
        if (Object.keys(outcome.errors).length) this.toFirstError();
      } catch (refused) {
        await this.failed(refused);
      }
    });
  }

  toFirstError() {
    const wrong = this.blocks.querySelector(".wrong");
    if (!wrong) return;
    wrong.scrollIntoView({ block: "nearest" });
    control(wrong).focus();
  }

  async failed(refused) {
    await this.refresh();
    if (refused.kind === "gone") tell(FORM_GONE);
    else if (refused.kind !== "unanswered") tell(refused.line);
  }

  /** Close the view on top, or all; asks first where something was typed. */
  async leave({ everything = false } = {}) {
    if (this.leaving) return;
    this.leaving = true;
    try {
      await this.surface.flush();
      if (isTouched(this.view) && !(await this.discards())) return;
      const answer = await post(`${this.page.me.id}/close`, { surface: this.surface.name, everything });
      this.show(answer.modal);
    } catch (refused) {
      await this.failed(refused);
    } finally {
      this.leaving = false;
    }
  }

  async discards() {
    return await ask({
      title: "Discard what you typed?",
      body: `What you typed in “${this.view.title}” has not been sent.`,
      yes: "Discard",
      no: "Keep typing",
      style: "danger",
    });
  }

  hide() {
    this.view = null;
    if (!this.dialog.open) return;
    this.dialog.close();
    this.dialog.replaceChildren();
    if (document.activeElement === document.body) part("messages").focus({ preventScroll: true });
  }
}
