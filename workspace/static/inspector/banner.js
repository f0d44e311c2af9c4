// The banner that says which faults are on, on whichever page it stands.

import { listen } from "./asking.js";

/** Show, or hide, the sentence in the banner. */
export function showFaults(says) {
  const banner = document.getElementById("faults-banner");
  banner.hidden = !says;
  banner.textContent = says;
}

/** Keep the banner of another page than the inspector as it should be. */
export function watchFaults() {
  listen("live?only=faults", { heard: ({ faults }) => showFaults(faults) });
}
