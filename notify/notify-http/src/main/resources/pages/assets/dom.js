// The only way in which these pages make elements: text is set as text, never parsed as HTML.

export const byId = (id) => document.getElementById(id);

/** An element of `tag` with properties, `data` as data-attributes, and children or text. */
export function make(tag, { data, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(data ?? {})) {
    element.dataset[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** Plays the arrival animation again, also on an element that was there before. */
export function freshen(element) {
  element.classList.remove("fresh");
  requestAnimationFrame(() => element.classList.add("fresh"));
}

/** A list whose newest entry is on top and which forgets what is past `limit`. */
export class NewestFirst {
  constructor(list, { limit, empty, count }) {
    this.list = list;
    this.limit = limit;
    this.empty = empty;
    this.count = count;
  }

  /** Puts an element on top: a new one, or one of this list that has news. */
  show(element) {
    if (this.list.firstElementChild !== element) {
      this.list.prepend(element);
    }
    const dropped = [];
    while (this.list.childElementCount > this.limit) {
      dropped.push(this.list.lastElementChild);
      this.list.lastElementChild.remove();
    }
    freshen(element);
    this.#say();
    return dropped;
  }

  clear() {
    this.list.replaceChildren();
    this.#say();
  }

  #say() {
    const shown = this.list.childElementCount;
    this.empty.hidden = shown > 0;
    this.count.textContent = String(shown);
  }
}
