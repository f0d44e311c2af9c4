// Asking the workspace, and hearing that there is something new.

import { Live } from "/static/js/live.js";

const UNREACHABLE = "The workspace is not answering. This page tries again by itself.";

/** Why something could not be had, as a line to show. */
export class Refused extends Error {}

/** Ask for something under /inspector. Throws Refused. */
export async function ask(path, body = null) {
  const headers = { "Content-Type": "application/json" };
  const options = body === null ? {} : { method: "POST", headers, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(`/inspector/${path}`, options);
  } catch {
    throw new Refused(UNREACHABLE);
  }
  if (response.ok) return await response.json();
  throw new Refused(await line(response));
}

async function line(response) {
  if (response.status === 404) return "This entry is no longer kept.";
  try {
    return (await response.json()).line ?? "That did not work. Try again in a moment.";
  } catch {
    return "That did not work. Try again in a moment.";
  }
}

/** Hear what `/inspector/live` says until the page goes away. The socket opens again when lost. */
export function listen(path, { heard, lost = () => {} }) {
  return new Live(`/inspector/${path}`, { heard, lost: () => lost(UNREACHABLE) });
}
