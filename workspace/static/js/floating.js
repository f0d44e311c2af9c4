// A list that floats by its field, above everything, and never runs out of the window.

const GAP = 4;
const LOWEST = 320;

/** Show `popup` (a popover) by `anchor`, below it or above where there is more room. */
export function floatBy(popup, anchor) {
  if (!popup.matches(":popover-open")) popup.showPopover();
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - 2 * GAP;
  const above = box.top - 2 * GAP;
  const up = below < 160 && above > below;
  popup.style.maxHeight = `${Math.min(LOWEST, up ? above : below)}px`;
  popup.style.minWidth = `${Math.min(box.width, innerWidth - 16)}px`;
  const width = popup.offsetWidth;
  popup.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  popup.style.top = up ? `${box.top - GAP - popup.offsetHeight}px` : `${box.bottom + GAP}px`;
}

/** Hide it. */
export function sink(popup) {
  if (popup.matches(":popover-open")) popup.hidePopover();
}
