import { byId, make, NewestFirst } from "./dom.js";
import { clock, money, text, words } from "./text.js";

const LIMIT = 100;
const STEP_LIMIT = 12;
const STAGES = { pending: 1, created: 1, placed: 1, paid: 2, processing: 2, shipped: 3, delivered: 4, completed: 4 };
const TONES = { delivered: "good", completed: "good", cancelled: "bad", failed: "bad", shipped: "warn" };

/** One card an order: its latest status, and how it got there. */
export class Orders {
  #cards = new Map();
  #list = new NewestFirst(byId("orders"), {
    limit: LIMIT,
    empty: byId("orders-empty"),
    count: byId("orders-count"),
  });

  /** `event` is `order:created`, `order:updated`, … */
  show(event, order) {
    const id = text(order.orderId);
    const status = text(order.status) || event.slice("order:".length);
    const card = this.#cards.get(id) ?? this.#newCard(id);
    card.badge.textContent = words(status);
    card.badge.dataset.tone = TONES[status.toLowerCase()] ?? "";
    card.track.dataset.at = event === "order:cancelled" ? "cancelled" : stage(status, card);
    setIfPresent(card.total, money(order.total ?? order.totalAmount, order.currency));
    setIfPresent(card.items, items(order.items));
    card.steps.append(
      make("li", { data: { eventId: text(order.eventId) } }, words(status), clock(order.timestamp)));
    while (card.steps.childElementCount > STEP_LIMIT) {
      card.steps.firstElementChild.remove();
    }
    this.#list.show(card.element).forEach((gone) => this.#cards.delete(gone.dataset.orderId));
    byId("announcer").textContent = `Order ${id}: ${words(status)}`;
  }

  clear() {
    this.#cards.clear();
    this.#list.clear();
  }

  #newCard(id) {
    const card = {
      badge: make("span", { className: "badge" }),
      total: make("span", { className: "total" }),
      items: make("p", { className: "items" }),
      track: make("div", { className: "track", ariaHidden: "true" },
        make("span"), make("span"), make("span"), make("span")),
      steps: make("ol", { className: "steps" }),
    };
    card.element = make("li", { className: "order", data: { orderId: id } },
      make("header", {}, make("h3", {}, id), card.total, card.badge),
      card.items, card.track, card.steps);
    this.#cards.set(id, card);
    return card;
  }
}

/** An unknown status moves nothing. */
function stage(status, card) {
  const name = status.toLowerCase();
  return name === "cancelled" ? "cancelled" : (STAGES[name] ?? card.track.dataset.at ?? 1);
}

function items(list) {
  if (!Array.isArray(list)) {
    return "";
  }
  return text(list
    .slice(0, 8)
    .map((item) => [item?.quantity > 1 ? `${text(item.quantity)} ×` : "", text(item?.name ?? item?.productName ?? item?.productId ?? item)]
      .join(" ").trim())
    .join(", "));
}

function setIfPresent(element, value) {
  if (value !== "") {
    element.textContent = value;
  }
}
