// Dates and times as people say them, in a person's own time zone.

const WORDS = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit", hour12: true };
const formats = new Map();
let last = { key: "", parts: {} };

/** The parts of an instant. A message asks for the same ones a few times in a row. */
function parts(date, zone) {
  const key = `${zone} ${date.getTime()}`;
  if (last.key !== key) last = { key, parts: read(date, zone) };
  return last.parts;
}

function read(date, zone) {
  if (!formats.has(zone)) formats.set(zone, new Intl.DateTimeFormat("en-GB", { ...WORDS, timeZone: zone }));
  return Object.fromEntries(formats.get(zone).formatToParts(date).map((part) => [part.type, part.value]));
}

/** Give the instant of a message's ts. */
export function instant(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** "9:00am" */
export function timeOf(date, zone) {
  const { hour, minute, dayPeriod } = parts(date, zone);
  return `${hour === "0" ? "12" : hour}:${minute}${dayPeriod.toLowerCase().replace(/[^a-z]/g, "")}`;
}

/** "Wednesday 1 October 2008" */
export function dayOf(date, zone) {
  const { weekday, day, month, year } = parts(date, zone);
  return `${weekday} ${day} ${month} ${year}`;
}

/** The day without its year where it is the present one. */
export function shortDay(date, zone, now) {
  const day = dayOf(date, zone);
  const year = parts(now, zone).year;
  return day.endsWith(` ${year}`) ? day.slice(0, -year.length - 1) : day;
}

/** "Wednesday 1 October 2008, 9:00am" */
export function moment(date, zone) {
  return `${dayOf(date, zone)}, ${timeOf(date, zone)}`;
}

/** Minutes by which a zone is ahead of UTC at an instant. */
function ahead(date, zone) {
  const style = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
  const found = new Intl.DateTimeFormat("en-GB", style).formatToParts(date);
  const at = Object.fromEntries(found.map((part) => [part.type, Number(part.value)]));
  const local = Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second);
  return Math.round((local - Math.floor(date.getTime() / 1000) * 1000) / 60000);
}

/** The instant of a wall-clock time such as "2008-10-21T09:00" in a zone. */
export function fromWall(text, zone) {
  const naive = new Date(`${text}Z`);
  const first = new Date(naive.getTime() - ahead(naive, zone) * 60000);
  return new Date(naive.getTime() - ahead(first, zone) * 60000);
}

/** The wall-clock time of an instant, as a date-time field wants it. */
export function toWall(date, zone) {
  return new Date(date.getTime() + ahead(date, zone) * 60000).toISOString().slice(0, 16);
}
