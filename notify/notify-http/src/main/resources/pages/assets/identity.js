// Who the page connects as: a user id (development) or a token. A token never stays in the address.

import { byId, make } from "./dom.js";

const DEMO_USERS = ["user-1", "user-2", "user-3", "user-4", "user-5"];

/** What can be typed as a user here; `remember` names the place in this tab's storage. */
export class Identity {
  #form = byId("identity");
  #user = byId("user-id");
  #token = byId("token");
  #panel = byId("token-panel");
  #remember;

  constructor({ fallback, suggestions = DEMO_USERS, remember }) {
    this.#remember = remember;
    byId("demo-users").append(...suggestions.map((value) => make("option", { value })));
    const given = fromAddress();
    const kept = this.#kept();
    this.#token.value = given.token ?? (given.userId ? "" : (kept.token ?? ""));
    this.#user.value = given.userId ?? kept.userId ?? fallback;
    this.#panel.open = this.#token.value !== "";
  }

  /** `{userId}` or `{token}`. */
  get current() {
    const token = this.#token.value.trim();
    return token ? { token } : { userId: this.#user.value.trim() };
  }

  get name() {
    return this.current.userId ?? "the user of the token";
  }

  onChange(listener) {
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep();
      listener();
    });
  }

  /** For this tab only, so that a reload comes back as the same user. */
  keep() {
    sessionStorage.setItem(this.#remember, JSON.stringify(this.current));
    const { userId } = this.current;
    const query = userId ? `?userId=${encodeURIComponent(userId)}` : "";
    history.replaceState(null, "", location.pathname + query);
  }

  askForToken() {
    this.#panel.open = true;
    this.#token.focus();
  }

  #kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#remember)) ?? {};
    } catch {
      return {};
    }
  }
}

/** `?userId=`, `#userId=`, `#token=`; `?token=` too, since people paste it. */
function fromAddress() {
  const query = new URLSearchParams(location.search);
  const fragment = new URLSearchParams(location.hash.slice(1));
  const pick = (name) => fragment.get(name) ?? query.get(name) ?? undefined;
  return { userId: pick("userId"), token: pick("token") };
}
