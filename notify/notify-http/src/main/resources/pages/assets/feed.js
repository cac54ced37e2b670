import { byId, make, NewestFirst } from "./dom.js";
import { clock, money, text, words } from "./text.js";

const LIMIT = 100;
const KINDS = ["order", "inventory", "product"];
const TONES = { created: "good", cancelled: "bad", inventory: "warn" };

/** Every `admin:*` event but alerts, newest first, each with its source to unfold. */
export class Feed {
  #element = byId("feed");
  #pause = byId("feed-pause");
  #held = [];
  #list = new NewestFirst(this.#element, {
    limit: LIMIT,
    empty: byId("feed-empty"),
    count: byId("feed-count"),
  });

  constructor() {
    this.#pause.addEventListener("click", () => this.#toggle());
    byId("feed-filter").addEventListener("change", (event) => {
      this.#element.dataset.filter = event.target.value;
    });
  }

  show(event, data) {
    if (this.#paused) {
      this.#held.push([event, data]);
      this.#held.splice(0, Math.max(0, this.#held.length - LIMIT));
      this.#pause.textContent = `Go on (${this.#held.length})`;
    } else {
      this.#list.show(row(event, data));
    }
  }

  clear() {
    this.#held = [];
    this.#list.clear();
  }

  get #paused() {
    return this.#pause.getAttribute("aria-pressed") === "true";
  }

  #toggle() {
    const pause = !this.#paused;
    this.#pause.setAttribute("aria-pressed", String(pause));
    this.#pause.textContent = pause ? "Go on" : "Pause";
    const held = this.#held;
    this.#held = [];
    held.forEach(([event, data]) => this.show(event, data));
  }
}

function row(event, data) {
  const name = event.slice("admin:".length);
  const [kind, action] = name.split(":");
  return make("li", {
    data: { eventId: text(data.eventId), kind: KINDS.includes(kind) ? kind : "other" },
  }, make("details", {},
    make("summary", {},
      clock(data.timestamp),
      make("span", { className: "badge", data: { tone: TONES[action] ?? TONES[kind] ?? "" } }, words(name.replace(":", " "))),
      make("span", { className: "what" }, ...summary(kind, data))),
    make("pre", {}, JSON.stringify(data, null, 2))));
}

function summary(kind, data) {
  if (kind === "order") {
    const total = money(data.total ?? data.totalAmount, data.currency);
    return headline(data.orderId, [data.buyerId ?? data.userId, data.status && words(data.status), total]);
  }
  if (kind === "inventory") {
    const before = data.previousStock === undefined ? "" : `from ${text(data.previousStock)}`;
    return headline(data.productName ?? data.productId, [`${text(data.stock)} in stock`, before]);
  }
  return headline(data.productName ?? data.name ?? data.productId ?? data.title ?? data.message, [data.message]);
}

function headline(subject, details) {
  const rest = details.map(text).filter((detail) => detail !== "").join(" · ");
  return [make("b", {}, text(subject)), make("span", {}, rest === "" ? "" : ` ${rest}`)];
}
