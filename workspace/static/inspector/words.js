// Entries in words: times, kinds, outcomes.

export const LEVELS = { waiting: "", fine: "", warning: "Warning: ", error: "Error: " };
export const KINDS = { call: "call", delivery: "delivery" };

const formats = new Map();

function format(zone, more) {
  const key = `${zone}${JSON.stringify(more)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...more }));
  return formats.get(key);
}

/** "1 Oct 09:00:03" */
export function shortTime(at, zone) {
  const date = new Date(at);
  const day = format(zone, { day: "numeric", month: "short" }).format(date);
  return `${day} ${format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(date)}`;
}

/** "Wednesday 1 October 2008, 09:00:03" */
export function longTime(at, zone) {
  const date = new Date(at);
  const day = format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date);
  const time = format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(date);
  return `${day.replace(",", "")}, ${time}`;
}

/** "12 ms", "1.4 s", or nothing while it is under way. */
export function took(ms) {
  if (ms === null) return "";
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** "1 entry", "1,200 entries" */
export function entries(count) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? "entry" : "entries"}`;
}
