// One Socket.IO connection and all that the page shows of it: state, transport, reconnects, a log.

import { io } from "/vendor/socket.io.esm.min.js";
import { byId, make } from "./dom.js";
import { clock, text } from "./text.js";

const LOG_LIMIT = 30;

const STATES = {
  connecting: "Connecting",
  connected: "Connected",
  reconnecting: "Reconnecting",
  offline: "Offline",
  refused: "Refused",
  ended: "Ended",
};

/** Connects as `identity` says; `subscribe(socket)` runs on every connect, first or later. */
export class Connection {
  #socket;
  #state = "";
  #reconnects = 0;
  #lostAt = 0;
  #name = "";
  #identity;
  #query;
  #listen;
  #subscribe;

  constructor({ identity, query = {}, listen, subscribe }) {
    this.#identity = identity;
    this.#query = query;
    this.#listen = listen;
    this.#subscribe = subscribe;
    addEventListener("offline", () => this.#changed("offline", "The network is gone"));
    addEventListener("online", () => this.#backOnline());
  }

  open() {
    this.#socket?.removeAllListeners();
    this.#socket?.io.removeAllListeners();
    this.#socket?.disconnect();
    const { userId, token } = this.#identity.current;
    this.#reconnects = 0;
    this.#lostAt = 0;
    this.#name = this.#identity.name;
    this.#problem("");
    this.#changed("connecting", `Connecting as ${this.#name}`);
    this.#socket = io({
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelayMax: 5000,
      query: { ...this.#query, ...(userId ? { userId } : {}) },
      auth: token ? { token } : {},
      forceNew: true,
    });
    this.#watch(this.#socket);
    this.#listen(this.#socket);
  }

  get connected() {
    return this.#socket?.connected ?? false;
  }

  emit(event, ...data) {
    this.#socket?.emit(event, ...data);
  }

  #watch(socket) {
    socket.on("connect", () => this.#up(socket));
    socket.on("disconnect", (reason) => this.#down(socket, reason));
    socket.on("connect_error", (error) => this.#failed(socket, error));
    socket.on("connection:success", (data) => {
      this.#name = text(data?.userId) || this.#name;
      this.#describe(socket);
    });
    socket.on("error", (data) => this.#problem(text(data?.message) || "The server reported an error"));
    socket.io.on("reconnect_attempt", (attempt) =>
      this.#detail(`Attempt ${attempt} to come back`));
  }

  #up(socket) {
    if (this.#lostAt > 0) {
      const seconds = ((Date.now() - this.#lostAt) / 1000).toFixed(1);
      this.#reconnects += 1;
      this.#lostAt = 0;
      this.#changed("connected", `Back after ${seconds} s`);
    } else {
      this.#changed("connected", `Connected as ${this.#name}`);
    }
    this.#problem("");
    this.#describe(socket);
    socket.io.engine.on("upgrade", () => this.#describe(socket));
    this.#subscribe(socket);
  }

  #down(socket, reason) {
    if (socket.active) {
      this.#lostAt = Date.now();
      this.#changed("reconnecting", `Lost: ${reason}`);
      this.#detail("Coming back by itself");
    } else {
      this.#changed("ended", `Ended: ${reason}`);
      this.#detail("The server ended this connection. Connect to start again.");
    }
  }

  /** The stock client comes back by itself from everything but a refusal of the server. */
  #failed(socket, error) {
    if (socket.active) {
      this.#changed(this.#lostAt > 0 ? "reconnecting" : "connecting", "Not reachable");
      return;
    }
    this.#changed("refused", error.message);
    this.#detail("The server refused this user");
    this.#problem(error.message);
    if (error.message === "Authentication failed") {
      this.#identity.askForToken();
    }
  }

  #backOnline() {
    if (this.#socket?.connected) {
      this.#changed("connected", "The network is back");
    } else if (this.#socket?.active) {
      this.#changed("reconnecting", "The network is back");
    }
  }

  #describe(socket) {
    const times = this.#reconnects === 1 ? "once" : `${this.#reconnects} times`;
    const back = this.#reconnects === 0 ? "" : `, came back ${times}`;
    this.#detail(`${this.#name} over ${socket.io.engine.transport.name}${back}`);
  }

  #changed(state, line) {
    const shown = byId("connection-state");
    if (this.#state !== state || state === "connected") {
      log(line);
    }
    this.#state = state;
    shown.textContent = STATES[state];
    shown.dataset.state = state;
  }

  #detail(line) {
    byId("connection-detail").textContent = line;
  }

  #problem(line) {
    const shown = byId("problem");
    shown.textContent = line;
    shown.hidden = line === "";
  }
}

function log(line) {
  const list = byId("connection-log");
  list.prepend(make("li", {}, clock(), make("span", {}, line)));
  while (list.childElementCount > LOG_LIMIT) {
    list.lastElementChild.remove();
  }
}
