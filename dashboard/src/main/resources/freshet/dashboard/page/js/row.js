// One trend in the ranking. Made once per life of a trend, then only its texts change.

import { el, svg, text } from "./dom.js";
import { href } from "./address.js";
import * as format from "./format.js";
import { draw, spark } from "./spark.js";

// A shape of its own beside the colour, for those who do not see the one.
const SHAPES = {
  breaking: "M5 0 10 9H0Z",
  rising: "M5 1 9.500 6H6.500V10H3.500V6H.5Z",
  steady: "M0 3.500H10V6.500H0Z",
  fading: "M5 9 .5 4H3.500V0H6.500V4H9.500Z",
};

/** @param {string} state */
export function stateChip(state) {
  const chip = el("span.chip.state");
  paintChip(chip, state);
  return chip;
}

function paintChip(chip, state) {
  if (chip.dataset.state === state) return;
  chip.dataset.state = state;
  chip.className = `chip state ${state}`;
  chip.replaceChildren(svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("path", { d: SHAPES[state] ?? SHAPES.steady })), state);
}

/** A tag as its authors write it, in its own direction. */
export function tagName(display) {
  return el("bdi.foreign", { dir: "auto", title: format.tag(display) }, format.tag(display));
}

export class Row {
  /** @param {any} trend */
  constructor(trend) {
    this.rank = el("span.rank");
    this.name = el("bdi.foreign", { dir: "auto" });
    this.link = el("a.tag.foreign", {}, el("span.hash", { "aria-hidden": "true" }, "#"), this.name);
    this.story = el("span.story.foreign");
    this.warm = el("span.warm", { hidden: true, title: "The stream is too young to know this tag's past" }, "warming");
    this.why = el("p.why");
    this.picture = spark();
    this.authors = el("b");
    this.authorsWord = el("span");
    this.versus = el("small");
    this.chip = stateChip(trend.state);
    this.since = el("small");
    this.element = el(
      "li.row",
      {},
      this.rank,
      el("div.main", {}, el("div.tag-line", {}, this.link, this.story, this.warm), this.why),
      this.picture,
      el("div.numbers", {}, this.authors, " ", this.authorsWord, this.versus),
      el("div.standing", {}, this.chip, this.since),
    );
    this.element.dataset.id = trend.id;
  }

  /**
   * @param {any} trend
   * @param {{at: string, sparkRatio: number, current: string|null}} context
   */
  update(trend, context) {
    this.trend = trend;
    const display = format.tag(trend.display);
    text(this.rank, String(trend.rank));
    text(this.name, display);
    this.link.title = `#${display}`;
    const place = location.search + trend.tag;
    if (this.place !== place) {
      this.place = place;
      this.link.setAttribute("href", href({ trend: trend.tag }));
    }
    const others = (trend.tags ?? []).filter((tag) => tag !== trend.tag);
    text(this.story, others.length ? `with ${others.slice(0, 4).map((tag) => `\u2068#${format.tag(tag)}\u2069`).join(" ")}` : "");
    this.warm.hidden = !trend.warming;
    text(this.why, trend.reason ?? `${format.plural(trend.authors, "author")}, ${format.expectation(trend.expected)} expected`);
    text(this.authors, format.count(trend.authors));
    text(this.authorsWord, trend.authors === 1 ? "author" : "authors");
    text(this.versus, `${format.expectation(trend.expected)} expected · ${format.plural(trend.count, "post")}`);
    this.versus.title = trend.band ? `usual: ${format.range(trend.band)}` : "";
    paintChip(this.chip, trend.state);
    text(this.since, trend.since ? `since ${format.when(trend.since, context.at)}` : "");
    this.element.className = `row ${trend.state}${context.current === trend.tag ? " current" : ""}`;
    if (context.current === trend.tag) this.link.setAttribute("aria-current", "true");
    else this.link.removeAttribute("aria-current");
    const picture = `${trend.spark},${trend.band?.low},${trend.band?.high}`;
    if (picture === this.pictured) return;
    this.pictured = picture;
    // What is usual for a window, spread evenly over it: a level above it for long is what makes a trend, while a single
    // number (spark_band) may well stand out. Records of old have no band: there it ends at the level expected.
    const { low, high } = trend.band ?? { low: 0, high: trend.expected };
    draw(this.picture, trend.spark, { low: low * context.sparkRatio, high: high * context.sparkRatio });
  }

  /** It left the ranking while the list holds still. */
  ended() {
    paintChip(this.chip, "ended");
    this.element.className = this.element.className.replace(this.trend.state, "ended");
  }
}
