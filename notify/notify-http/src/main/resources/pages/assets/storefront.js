// What one shopper sees. Every list is bounded; a redelivered event is shown once.

import { Connection } from "./connection.js";
import { byId, make, NewestFirst } from "./dom.js";
import { Identity } from "./identity.js";
import { Orders } from "./orders.js";
import { Seen } from "./seen.js";
import { Stock } from "./stock.js";
import { clock, text } from "./text.js";

const NOTIFICATION_LIMIT = 100;

const identity = new Identity({ fallback: "user-1", remember: "storefront" });
const orders = new Orders();
const stock = new Stock();
const notifications = new NewestFirst(byId("notifications"), {
  limit: NOTIFICATION_LIMIT,
  empty: byId("notifications-empty"),
  count: byId("notifications-count"),
});
let seen = new Seen();

const connection = new Connection({
  identity,
  listen: (socket) => socket.onAny(receive),
  subscribe: (socket) => {
    socket.emit("subscribe:orders");
    socket.emit("subscribe:inventory");
  },
});

identity.onChange(start);
identity.keep();
start();

function start() {
  seen = new Seen();
  orders.clear();
  stock.clear();
  notifications.clear();
  connection.open();
}

function receive(event, data) {
  if (typeof data !== "object" || data === null || !seen.first(data.eventId)) {
    return;
  }
  if (event.startsWith("order:")) {
    orders.show(event, data);
  } else if (event === "inventory:updated" || event.startsWith("product:")) {
    stock.show(data);
  } else if (event === "notification") {
    notifications.show(notification(data));
  }
}

function notification(data) {
  return make("li", { data: { eventId: text(data.eventId) } },
    make("div", { className: "row" }, make("b", {}, text(data.title) || "Notification"), clock(data.timestamp)),
    make("p", {}, text(data.message)));
}
