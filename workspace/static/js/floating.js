// A list that floats by its field, above everything, and never runs out of the window.

const GAP = 4;
const LOWEST = 320;
const floating = new Map();

addEventListener("scroll", (event) => follow(event.target), { capture: true, passive: true });
addEventListener("resize", () => follow(document));

/** Show `popup` (a popover) by `anchor`, below it or above where there is more room. */
export function floatBy(popup, anchor) {
  if (!popup.matches(":popover-open")) popup.showPopover();
  floating.set(popup, anchor);
  place(popup, anchor);
}

/** When what holds the field moves, its list moves along. */
function follow(moved) {
  for (const [popup, anchor] of floating) {
    if (!popup.isConnected || !popup.matches(":popover-open")) floating.delete(popup);
    else if (moved.contains?.(anchor)) place(popup, anchor);
  }
}

function place(popup, anchor) {
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
  floating.delete(popup);
  if (popup.matches(":popover-open")) popup.hidePopover();
}
