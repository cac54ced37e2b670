// What an operator sees. Every list is bounded; a redelivered event is shown once.

import { Connection } from "./connection.js";
import { byId, make, NewestFirst } from "./dom.js";
import { Feed } from "./feed.js";
import { Identity } from "./identity.js";
import { People } from "./people.js";
import { Rate } from "./rate.js";
import { Seen } from "./seen.js";
import { clock, text, words } from "./text.js";

const ALERT_LIMIT = 100;
const TONES = { critical: "bad", error: "bad", high: "bad", warning: "warn", medium: "warn" };

const identity = new Identity({ fallback: "admin-1", suggestions: ["admin-1"], remember: "admin" });
const feed = new Feed();
const rate = new Rate();
const alerts = new NewestFirst(byId("alerts"), {
  limit: ALERT_LIMIT,
  empty: byId("alerts-empty"),
  count: byId("alerts-count"),
});
let seen = new Seen();
let events = 0;

const connection = new Connection({
  identity,
  query: { role: "admin" },
  listen: (socket) => socket.onAny(receive),
  subscribe: (socket) => {
    socket.emit("subscribe:admin");
    people.begin();
  },
});
const people = new People(connection, identity);

identity.onChange(start);
identity.keep();
start();

function start() {
  seen = new Seen();
  events = 0;
  feed.clear();
  alerts.clear();
  connection.open();
}

function receive(event, data) {
  if (typeof data !== "object" || data === null) {
    return;
  }
  if (event === "stats") {
    people.figures(data);
  } else if (event.startsWith("admin:") && isNew(event, data.eventId)) {
    count();
    if (event === "admin:alert") {
      alerts.show(alert(data));
    } else {
      feed.show(event, data);
    }
  }
}

/** An alert may carry the id of the event that raised it. */
function isNew(event, eventId) {
  return seen.first(typeof eventId === "string" ? `${event} ${eventId}` : undefined);
}

function count() {
  events += 1;
  rate.count();
  byId("events-seen").textContent = String(events);
}

function alert(data) {
  const tone = TONES[text(data.severity).toLowerCase()] ?? (data.type === "OUT_OF_STOCK" ? "bad" : "warn");
  const about = text(data.productName ?? data.productId);
  const message = text(data.message);
  return make("li", { data: { eventId: text(data.eventId), type: text(data.type) } },
    make("div", { className: "row" }, make("span", { className: "badge", data: { tone } }, words(data.type)), clock(data.timestamp)),
    make("p", {}, message.includes(about) ? message : `${message} (${about})`));
}
