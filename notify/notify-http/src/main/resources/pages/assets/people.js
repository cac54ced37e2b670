// Who is connected: figures from the `stats` event, names from the REST API.

import { byId, make } from "./dom.js";
import { text } from "./text.js";

const LIMIT = 100;
const EVERY_MS = 5000;

export class People {
  #connection;
  #identity;
  #refused = false;

  constructor(connection, identity) {
    this.#connection = connection;
    this.#identity = identity;
    setInterval(() => this.#ask(), EVERY_MS);
  }

  /** On every connect: it may be another user now. */
  begin() {
    this.#refused = false;
    this.#ask();
  }

  /** Nothing is asked while the page is hidden or not connected, nor again of who may not ask. */
  #ask() {
    if (this.#connection.connected && !document.hidden && !this.#refused) {
      this.#connection.emit("request:stats");
      this.#askForNames();
    }
  }

  figures(stats) {
    byId("total-connections").textContent = text(stats.totalConnections);
    byId("unique-users").textContent = text(stats.uniqueUsers);
  }

  async #askForNames() {
    const { token } = this.#identity.current;
    try {
      const response = await fetch(`/realtime/stats?limit=${LIMIT}`, {
        headers: token ? { authorization: `Bearer ${token}` } : {},
        signal: AbortSignal.timeout(EVERY_MS),
      });
      if (!response.ok) {
        this.#refused = response.status === 401 || response.status === 403;
        throw new Error(`The server answered ${response.status}`);
      }
      this.#names(await response.json());
    } catch (error) {
      this.#note(`Names are not available: ${error.message}`);
    }
  }

  #names(stats) {
    const users = Array.isArray(stats.userConnections) ? stats.userConnections.slice(0, LIMIT) : [];
    byId("users").replaceChildren(...users.map((user) =>
      make("tr", {},
        make("td", {}, text(user.userId)),
        make("td", {}, text(user.connectionCount)))));
    byId("users-empty").hidden = users.length > 0;
    byId("users-count").textContent = text(stats.uniqueUsers);
    const more = Number(stats.uniqueUsers) - users.length;
    this.#note(more > 0 ? `and ${more} more` : "");
    this.figures(stats);
  }

  #note(line) {
    byId("users-note").textContent = line;
    byId("users-note").hidden = line === "";
  }
}
