// A trend's timeline by uPlot: authors over the band of what was expected. The library is fetched when the first chart
// is drawn, so that the ranking does not wait for it.

import { el } from "./dom.js";
import * as format from "./format.js";

let library;

/** Fetches the library, once; after a failure again when it is next wanted. */
export function load() {
  library ??= new Promise((resolve, reject) => {
    const style = el("link", { rel: "stylesheet", href: "/page/lib/uplot.css" });
    const script = el("script", {
      src: "/page/lib/uplot.js",
      onload: () => resolve(window.uPlot),
      onerror: () => {
        library = undefined;
        style.remove();
        script.remove();
        reject(new Error("the chart's library did not load"));
      },
    });
    document.head.append(style, script);
  });
  return library;
}

/** What is shown around a single point, seconds. */
const ALONE_S = 300;

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class Chart {
  /** @param {HTMLElement} box @param {(words: (Node|string)[]) => void} readout what stands under the pointer */
  constructor(box, readout) {
    this.box = box;
    this.readout = readout;
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.data && this.#make();
    this.scheme.addEventListener("change", this.redraw);
    this.size = new ResizeObserver(() => this.plot?.setSize({ width: this.box.clientWidth, height: this.#height() }));
    this.size.observe(box);
  }

  close() {
    this.scheme.removeEventListener("change", this.redraw);
    this.size.disconnect();
    this.plot?.destroy();
    this.plot = null;
  }

  /**
   * @param {{at: number, authors: number|null, expected: number|null, low: number|null, high: number|null, state?: string}[]} points oldest first, ms
   * @param {{at: number, words: string}[]} marks
   */
  async show(points, marks) {
    this.points = points;
    this.marks = marks;
    this.data = [points.map((p) => p.at / 1000), ...["high", "low", "expected", "authors"].map((name) => points.map((p) => p[name]))];
    this.uPlot = await load();
    if (!this.box.isConnected) return;
    if (this.plot && this.count === Math.min(points.length, 2)) {
      this.plot.setData(this.data);
    } else {
      this.#make();
    }
    this.count = Math.min(points.length, 2);
  }

  #height() {
    return Math.max(200, Math.min(300, Math.round(this.box.clientWidth * 0.42)));
  }

  #make() {
    this.plot?.destroy();
    this.box.replaceChildren();
    const [ink, line, accent, band] = ["--muted", "--line", "--accent", "--band"].map(css);
    const font = `12px ${css("--font")}`;
    const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 } };
    this.plot = new this.uPlot({
      width: this.box.clientWidth,
      height: this.#height(),
      padding: [18, 20, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 } },
      scales: { x: { range: (_, min, max) => (min === max ? [min - ALONE_S, max + ALONE_S] : [min, max]) }, y: { range: (_, min, max) => [0, Math.max(5, max * 1.12)] } },
      axes: [{ ...axis, space: 70, size: 34, values: (_, ticks) => format.ticks(ticks.map((v) => v * 1000)) }, { ...axis, size: 46, values: (_, ticks) => ticks.map((v) => format.count(v)) }],
      series: [
        {},
        { label: "high", width: 0, spanGaps: false, points: { show: false } },
        { label: "low", width: 0, spanGaps: false, points: { show: false } },
        { label: "expected", stroke: ink, width: 1.2, dash: [4, 4], spanGaps: false, points: { show: false } },
        { label: "authors", stroke: accent, width: 2, fill: `color-mix(in srgb, ${accent} 13%, transparent)`, spanGaps: false, points: { show: this.data[0].length < 3 } },
      ],
      bands: [{ series: [1, 2], fill: band }],
      hooks: {
        draw: [(plot) => this.#drawMarks(plot)],
        setCursor: [(plot) => this.#cursor(plot.cursor.idx)],
      },
    }, this.data, this.box);
    this.box.querySelector("canvas").setAttribute("aria-hidden", "true");
  }

  #drawMarks(plot) {
    const context = plot.ctx;
    context.save();
    context.font = `${11 * devicePixelRatio}px ${css("--font")}`;
    context.textAlign = "left";
    context.textBaseline = "bottom";
    context.fillStyle = css("--muted");
    context.strokeStyle = css("--line-strong");
    context.lineWidth = devicePixelRatio;
    context.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    const { left, top, width, height } = plot.bbox;
    let free = left;
    for (const mark of this.marks) {
      const x = plot.valToPos(mark.at / 1000, "x", true);
      if (x < left || x > left + width) continue;
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      const wide = context.measureText(mark.words).width;
      const at = Math.min(x + 4 * devicePixelRatio, left + width - wide);
      if (at >= free) {
        context.fillText(mark.words, at, top - devicePixelRatio);
        free = at + wide + 6 * devicePixelRatio;
      }
    }
    context.restore();
  }

  #cursor(index) {
    const point = index === null || index === undefined ? null : this.points[index];
    if (!point || point.authors === null) return this.readout([]);
    this.readout([
      el("b", {}, format.full(point.at)),
      el("span", {}, format.plural(point.authors, "author")),
      el("span", {}, `${format.expectation(point.expected)} expected${point.known ? `, ${format.range(point)} usual` : ""}`),
      point.state ?? "",
    ]);
  }

  /** The chart as a PNG on a plain ground. @returns {Promise<Blob>} */
  png() {
    const from = this.box.querySelector("canvas");
    const canvas = document.createElement("canvas");
    canvas.width = from.width;
    canvas.height = from.height;
    const context = canvas.getContext("2d");
    context.fillStyle = css("--surface");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(from, 0, 0);
    return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  }
}
