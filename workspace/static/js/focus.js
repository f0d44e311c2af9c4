// Keeping the focus where it was while what a person sees is drawn again.

/** Run `change` on a container; give the focus back to the same control, or what took its place. */
export function keepFocus(container, change) {
  const active = document.activeElement;
  const inside = container.contains(active);
  const mark = inside ? marked(active) : null;
  change();
  if (!inside || container.contains(document.activeElement)) return;
  const again = find(container, mark) ?? container.closest("[tabindex]") ?? container;
  if (!again.matches("a, button, input, textarea, [tabindex]")) again.tabIndex = -1;
  again.focus({ preventScroll: true });
  if (mark.start !== null && again.setSelectionRange) select(again, mark);
}

function marked(element) {
  const holder = element.closest("[data-action]");
  let start = null;
  let end = null;
  try {
    start = element.selectionStart ?? null;
    end = element.selectionEnd ?? null;
  } catch {
    start = null;
  }
  return { block: element.closest("[data-block]")?.dataset.block, action: holder?.dataset.action, value: holder?.dataset.value, start, end };
}

function find(container, { block, action, value }) {
  const same = [...container.querySelectorAll("[data-action]")].filter((one) => one.dataset.action === action);
  const best =
    same.find((one) => one.closest("[data-block]")?.dataset.block === block && one.dataset.value === value) ??
    same.find((one) => one.dataset.value === value);
  return best ? control(best) : null;
}

/** The control inside an element's wrapper, or the wrapper itself. */
export function control(holder) {
  const wanted = "input:not([type=hidden]), textarea, select, button";
  return holder.matches(wanted) ? holder : (holder.querySelector(wanted) ?? holder);
}

function select(field, { start, end }) {
  try {
    field.setSelectionRange(start, end);
  } catch {
    // number and date fields have no selection to give back
  }
}
