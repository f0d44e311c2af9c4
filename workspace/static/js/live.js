// Hearing that something changed, over one socket, which opens again when it was lost.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

/** One socket. `heard` gets each message; `lost` and `found` tell of the connection. */
export class Live {
  constructor(path, { heard, lost = () => {}, found = () => {} }) {
    this.address = new URL(path, location.href);
    this.address.protocol = this.address.protocol.replace("http", "ws");
    this.listeners = { heard, lost, found };
    this.pause = FIRST_PAUSE;
    this.wasLost = false;
    this.ended = false;
    this.open();
  }

  open() {
    this.socket = new WebSocket(this.address);
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", (message) => this.listeners.heard(JSON.parse(message.data)));
    this.socket.addEventListener("close", () => this.closed());
  }

  opened() {
    this.pause = FIRST_PAUSE;
    if (this.wasLost) this.listeners.found();
    this.wasLost = false;
  }

  closed() {
    if (this.ended) return;
    if (!this.wasLost) this.listeners.lost();
    this.wasLost = true;
    setTimeout(() => this.ended || this.open(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  /** Stop listening for good. */
  end() {
    this.ended = true;
    this.socket.close();
  }
}
