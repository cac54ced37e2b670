// Delivery is at least once: an event that was shown is not shown again.

const LIMIT = 2000;

export class Seen {
  #ids = new Set();

  /** Whether this id is new; an event without one always is. */
  first(eventId) {
    if (typeof eventId !== "string") {
      return true;
    }
    if (this.#ids.has(eventId)) {
      return false;
    }
    this.#ids.add(eventId);
    if (this.#ids.size > LIMIT) {
      this.#ids.delete(this.#ids.values().next().value);
    }
    return true;
  }
}
