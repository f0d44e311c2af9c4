// The inspector: what is asked for, what there is, and what is open.

import { h, part } from "/static/js/dom.js";
import { ask, listen } from "./asking.js";
import { showFaults } from "./banner.js";
import { Detail } from "./detail.js";
import { FaultsForm } from "./faults.js";
import { List } from "./list.js";
import { entries } from "./words.js";

const TYPING_MS = 200;
const FILTERS = { q: "words", kind: "kind", name: "name", level: "level" };

class Inspector {
  constructor() {
    const zone = document.body.dataset.zone;
    this.turn = null;
    this.busy = false;
    this.again = false;
    this.list = new List(zone, (number) => this.detail.open(number));
    this.detail = new Detail(zone, (number) => this.list.back(number));
    this.faults = new FaultsForm();
    part("filters").addEventListener("submit", (event) => event.preventDefault());
    part("filters").addEventListener("input", () => this.typed());
    part("earlier").addEventListener("click", () => this.earlier());
  }

  start() {
    listen("live", {
      heard: ({ faults }) => {
        showFaults(faults);
        this.faults.refresh();
        this.refresh();
      },
      lost: (line) => this.say(line),
    });
  }

  typed() {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.turn = null;
      this.refresh();
    }, TYPING_MS);
  }

  /** Read what is new. Asked for while it reads, it reads once more. */
  async refresh() {
    this.again = this.busy;
    if (this.busy) return;
    this.busy = true;
    do {
      this.again = false;
      await this.read();
    } while (this.again);
    this.busy = false;
  }

  async read() {
    const asked = this.asked();
    if (this.turn !== null) asked.set("since", this.turn);
    try {
      const found = await ask(`entries?${asked}`);
      if (this.asked().toString() === asked.toString().replace(/&?since=\d+/, "")) this.take(found);
    } catch (refused) {
      this.say(refused.message);
    }
  }

  asked() {
    const filled = Object.entries(FILTERS).map(([name, id]) => [name, part(id).value.trim()]);
    return new URLSearchParams(filled.filter(([, value]) => value));
  }

  take({ entries: found, left, more, fresh, turn, names, kept }) {
    this.turn = turn;
    if (fresh) {
      this.list.replace(found);
      part("earlier").hidden = !more;
    } else this.list.add(found, { left });
    this.name(names);
    this.detail.refresh();
    this.count(kept);
  }

  /** Offer the methods met so far, without touching what is chosen. */
  name(names) {
    const select = part("name");
    const offered = new Set([...select.options].map((option) => option.value));
    for (const name of names) if (!offered.has(name)) select.append(h("option", { value: name }, name));
  }

  count(kept) {
    const shown = this.list.rows.size;
    const filtered = this.asked().toString() !== "";
    const nothing = part("nothing");
    nothing.hidden = shown > 0;
    nothing.textContent = filtered && kept ? "No entry is like that. Take a word or a filter away." : "Nothing has happened yet. What the app does, and what it is sent, will stand here.";
    this.say(`${entries(shown)} shown of ${kept.toLocaleString("en-GB")} kept`);
  }

  say(words) {
    if (part("count").textContent !== words) part("count").textContent = words;
  }

  async earlier() {
    const asked = this.asked();
    asked.set("before", this.list.first.dataset.number);
    try {
      const { entries: found, more, kept } = await ask(`entries?${asked}`);
      this.list.addBefore(found);
      part("earlier").hidden = !more;
      this.count(kept);
    } catch (refused) {
      this.say(refused.message);
    }
  }
}

new Inspector().start();
