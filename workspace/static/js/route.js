// Where one is, kept in the address: who one is, which place is open, which thread beside it.

export const APP = "app";
export const HOME = "home";

/** Read the address: `as` a person's id, `at` a channel's id, "app" or "home", `thread` a ts. */
export function whereabouts() {
  const query = new URLSearchParams(location.search);
  return { as: query.get("as") || "", at: query.get("at") || APP, thread: query.get("thread") || "" };
}

/** Write an address. */
export function address({ as, at, thread }) {
  const query = new URLSearchParams({ as, at });
  if (thread) query.set("thread", thread);
  return `/?${query}`;
}

/** Put an address in the bar, as a new step back or in place of the present one. */
export function visit(where, { replace = false } = {}) {
  const url = address(where);
  if (url === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
}
