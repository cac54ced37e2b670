// Values of an event as text for people. A payload is whatever a producer sent: nothing is assumed.

import { make } from "./dom.js";

const LONGEST = 300;
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** Any value as text of a bounded length; empty for none. */
export function text(value) {
  if (value === undefined || value === null) {
    return "";
  }
  const whole = typeof value === "object" ? JSON.stringify(value) : String(value);
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}…` : whole;
}

/** An amount with its currency, in the reader's way of writing it. */
export function money(amount, currency) {
  if (typeof amount !== "number") {
    return text(amount);
  }
  try {
    return new Intl.NumberFormat(undefined, { style: "currency", currency }).format(amount);
  } catch {
    return [text(amount), text(currency)].join(" ").trim();
  }
}

/** A `<time>` of an ISO 8601 text; of now when it is none. */
export function clock(iso) {
  const parsed = typeof iso === "string" ? new Date(iso) : new Date();
  const at = Number.isNaN(parsed.getTime()) ? new Date() : parsed;
  return make("time", { dateTime: at.toISOString(), title: DATE.format(at) }, CLOCK.format(at));
}

/** `out_of_stock` as `Out of stock`. */
export function words(value) {
  const plain = text(value).replace(/[_-]+/g, " ").toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}
