// Doing something again without doing it twice at once.

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
