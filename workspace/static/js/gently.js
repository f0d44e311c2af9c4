// Doing something again without doing it twice at once, and long work a piece at a time.

/** Let the browser answer the person before going on with long work. */
export function breathe() {
  return globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
}

/** Give a function that runs `work`, and once more when it was asked for meanwhile. */
export function gently(work) {
  let running = null;
  let again = false;
  async function run() {
    do {
      again = false;
      await work();
    } while (again);
  }
  return () => {
    again = running !== null;
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}
