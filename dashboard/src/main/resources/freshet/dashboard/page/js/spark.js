// A trend's recent past as a small line, over the band of what its own past explains.

import { svg } from "./dom.js";

const WIDTH = 120;
const HEIGHT = 40;

/** @returns {SVGSVGElement} */
export function spark() {
  return /** @type {SVGSVGElement} */ (svg(
    "svg",
    { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "expected", x: 0, width: WIDTH, y: HEIGHT, height: 0 }),
    svg("path", { class: "area" }),
    svg("path", { class: "line" }),
  ));
}

/**
 * @param {SVGSVGElement} picture
 * @param {number[]} values oldest first
 * @param {{low: number, high: number}} band between which levels it usually stays
 */
export function draw(picture, values, { low, high }) {
  if (!values?.length) return;
  const smooth = smoothed(values);
  const top = Math.max(1, high * 1.1, ...smooth);
  const x = (i) => round((i / Math.max(1, smooth.length - 1)) * WIDTH);
  const y = (v) => round(HEIGHT - 2 - (v / top) * (HEIGHT - 6));
  const line = smooth.map((v, i) => `${i ? "L" : "M"}${x(i)} ${y(v)}`).join("");
  const [band, area, stroke] = picture.children;
  set(stroke, "d", line);
  set(area, "d", `${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`);
  const ceiling = y(high);
  set(band, "y", String(ceiling));
  set(band, "height", String(round((low > 0 ? y(low) : HEIGHT) - ceiling)));
}

/** A mean over three: sixtieths hold few authors each, and a comb says less than a curve. */
function smoothed(values) {
  return values.map((v, i) => ((values[i - 1] ?? v) + 2 * v + (values[i + 1] ?? v)) / 4);
}

const round = (n) => Math.round(n * 10) / 10;

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
