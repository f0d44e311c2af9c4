// Talking to the workspace over /client. Owns the wording of what went wrong on the way.

/**
 * How many acts were begun or ended so far: an answer read before the last one is stale.
 * `running` counts those that were begun and not ended.
 */
export const acts = { count: 0, running: 0 };

const GONE = "That is not there any more: it was changed or withdrawn. The page now shows what is there.";
const UNREACHABLE = "The workspace is not answering. Nothing you typed is lost; try again in a moment.";
const BUSY = "That cannot be done just now. Try again in a moment.";
const UNANSWERED = "We had some trouble connecting. Try again?";

/** Why something could not be done. `line` is for the person; `kind` says which case it was. */
export class Refused extends Error {
  constructor(kind, line) {
    super(line);
    this.kind = kind;
    this.line = line;
  }
}

/** Read something. Throws Refused. */
export async function get(path) {
  return await answered(await sent(path, {}));
}

/** Do something. Throws Refused. */
export async function post(path, body = {}) {
  acts.count += 1;
  acts.running += 1;
  const headers = { "Content-Type": "application/json" };
  try {
    return await answered(await sent(path, { method: "POST", headers, body: JSON.stringify(body) }));
  } finally {
    acts.count += 1;
    acts.running -= 1;
  }
}

/** Send a file as it is; gives its id. Throws Refused. */
export async function upload(path, file) {
  const headers = { "Content-Type": "application/octet-stream" };
  return await answered(await sent(path, { method: "POST", headers, body: file }));
}

async function sent(path, options) {
  try {
    return await fetch(`/client/${path}`, options);
  } catch {
    throw new Refused("unreachable", UNREACHABLE);
  }
}

async function answered(response) {
  if (response.ok) return await response.json();
  if (response.status === 504) throw new Refused("unanswered", (await detail(response)) || UNANSWERED);
  if (response.status === 423) throw new Refused("busy", (await detail(response)) || BUSY);
  if (response.status === 409 || response.status === 404) throw new Refused("gone", GONE);
  if (response.status === 501) throw new Refused("unsupported", "The clock of this workspace cannot be moved.");
  throw new Refused("failed", "That did not work. Try again in a moment.");
}

async function detail(response) {
  try {
    return (await response.json()).line;
  } catch {
    return "";
  }
}
