// Saying things: in a line everybody sees, or to screen readers only.
// Behind an open dialog nothing is heard, so the line of the dialog on top is used.

const SHOWN_MS = 15000;
let timer = 0;

/** Show a line of status where the person is. */
export function tell(text) {
  clearTimeout(timer);
  for (const line of document.querySelectorAll("[data-status], #status")) line.textContent = "";
  const line = top()?.querySelector("[data-status]") ?? document.getElementById("status");
  line.textContent = text;
  if (text) timer = setTimeout(() => tell(""), SHOWN_MS);
}

/** What the line of status says at the moment. */
export function said() {
  return (top()?.querySelector("[data-status]") ?? document.getElementById("status")).textContent;
}

/** Tell screen readers, politely, what came in. */
export function whisper(text) {
  const region = top()?.querySelector("[data-whisper]") ?? document.getElementById("whisper");
  region.replaceChildren(document.createTextNode(text));
}

function top() {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? null;
}
