import { byId, freshen, make } from "./dom.js";
import { money, text } from "./text.js";

const LIMIT = 100;
const LOW = 10;

/** One row a product, in the order of their names, so that nothing jumps while one reads. */
export class Stock {
  #rows = new Map();
  #list = byId("stock");

  /** Of `inventory:updated`, `product:created` and `product:updated`. */
  show(event) {
    const product = typeof event.product === "object" && event.product !== null ? event.product : event;
    const id = text(event.productId ?? product.productId ?? product.id);
    const row = this.#rows.get(id) ?? this.#newRow(id);
    row.element.dataset.eventId = text(event.eventId);
    const name = text(event.productName ?? product.name);
    if (name !== "" && name !== row.name.textContent) {
      row.name.textContent = name;
      this.#place(row.element, name);
    }
    if (product.price !== undefined) {
      row.price.textContent = money(product.price, product.currency ?? "EUR");
    }
    if (typeof event.stock === "number") {
      level(row, event.stock, event.previousStock);
    }
    freshen(row.element);
    this.#say();
  }

  clear() {
    this.#rows.clear();
    this.#list.replaceChildren();
    this.#say();
  }

  #newRow(id) {
    if (this.#rows.size >= LIMIT) {
      const [oldest, row] = this.#rows.entries().next().value;
      row.element.remove();
      this.#rows.delete(oldest);
    }
    const row = {
      name: make("span", { className: "name" }, id),
      left: make("span", { className: "left" }),
      move: make("span", { className: "move" }),
      price: make("span", { className: "move" }),
      meter: make("meter", { min: 0, max: LOW * 3, low: LOW / 2, high: LOW, optimum: LOW * 3, hidden: true }),
      max: LOW * 3,
    };
    row.element = make("li", { title: id, data: { productId: id } },
      make("div", { className: "row" }, row.name, row.left),
      make("div", { className: "row" }, row.price, row.move),
      row.meter);
    this.#rows.set(id, row);
    this.#place(row.element, id);
    return row;
  }

  #place(element, name) {
    const after = [...this.#list.children].find((other) =>
      other !== element && other.querySelector(".name").textContent.localeCompare(name) > 0);
    this.#list.insertBefore(element, after ?? null);
  }

  #say() {
    byId("stock-empty").hidden = this.#rows.size > 0;
    byId("stock-count").textContent = String(this.#rows.size);
  }
}

function level(row, stock, previous) {
  row.max = Math.max(row.max, stock);
  row.left.textContent = stock === 0 ? "sold out" : `${stock} left`;
  Object.assign(row.meter, { max: row.max, optimum: row.max, value: stock, hidden: false });
  row.meter.ariaLabel = `${row.name.textContent}: ${stock} in stock`;
  if (typeof previous === "number" && previous !== stock) {
    const moved = stock - previous;
    row.move.textContent = `${moved > 0 ? "▲ +" : "▼ −"}${Math.abs(moved)}`;
  }
}
