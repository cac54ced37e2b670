// Events per second over the last minute, as one line.

import { byId } from "./dom.js";

const SECONDS = 60;
const WIDTH = 240;
const HEIGHT = 48;
const SVG = "http://www.w3.org/2000/svg";

export class Rate {
  #seconds = new Array(SECONDS).fill(0);
  #chart = byId("rate");
  #area = shape("area");
  #line = shape("line");

  constructor() {
    this.#chart.append(this.#area, this.#line);
    setInterval(() => this.#tick(), 1000);
    this.#draw();
  }

  count() {
    this.#seconds[SECONDS - 1] += 1;
  }

  #tick() {
    this.#draw();
    this.#seconds.shift();
    this.#seconds.push(0);
  }

  #draw() {
    const top = Math.max(4, ...this.#seconds);
    const points = this.#seconds
      .map((count, i) => `${((i * WIDTH) / (SECONDS - 1)).toFixed(1)} ${(HEIGHT - (count / top) * (HEIGHT - 4)).toFixed(1)}`)
      .join("L");
    this.#line.setAttribute("d", `M${points}`);
    this.#area.setAttribute("d", `M0 ${HEIGHT}L${points}L${WIDTH} ${HEIGHT}Z`);
    const mean = this.#seconds.reduce((sum, count) => sum + count, 0) / SECONDS;
    this.#chart.setAttribute("aria-label", `${mean.toFixed(1)} events per second on average`);
  }
}

function shape(name) {
  const path = document.createElementNS(SVG, "path");
  path.classList.add(name);
  return path;
}
