// One trend: how it fared, who says what, what goes with it.

import { byId, el, svg, text } from "./dom.js";
import { get, remembered, url } from "./api.js";
import { href } from "./address.js";
import { Chart } from "./chart.js";
import * as format from "./format.js";
import { posts } from "./posts.js";
import { stateChip, tagName } from "./row.js";
import { marksOf, pointsOf } from "./timeline.js";

const RANGES = [["1 h", 36e5], ["6 h", 216e5], ["24 h", 864e5], ["7 d", 6048e5], ["all", 1e13]];
const RELOAD_MS = 15_000;

/** A share as the length of a bar. Drawn, since the page allows no inline styles. */
const shareBar = (share) => svg("svg", { viewBox: "0 0 100 1", preserveAspectRatio: "none", "aria-hidden": "true" },
  svg("rect", { width: Math.max(1, share * 100), height: 1 }));

export class TrendPanel {
  /** @param {() => {stream: string, window: string, scope: string}} board @param {(tag: string) => any} find the trend in the ranking shown */
  constructor(board, find) {
    this.board = board;
    this.find = find;
    this.box = byId("trend");
    this.range = 216e5;
  }

  /** @param {string|null} tag */
  open(tag) {
    const key = tag === null ? null : JSON.stringify([tag, this.board()]);
    if (key === this.key) return;
    const sameTag = this.tag === tag;
    this.key = key;
    this.tag = tag;
    this.chart?.close();
    this.chart = null;
    this.seen = undefined;
    this.trend = null;
    this.loadedAt = 0;
    this.postsKey = "";
    this.box.hidden = tag === null;
    if (tag === null) return this.box.replaceChildren();
    this.#frame();
    const now = this.find(tag);
    if (now) this.#show(now);
    this.#past();
    this.#timeline();
    if (!sameTag) {
      this.box.focus({ preventScroll: true });
      if (matchMedia("(max-width: 1023px)").matches) scrollTo(0, 0);
      else this.box.scrollTop = 0;
    }
  }

  /** A new ranking came. @param {any} ranking */
  ranking(ranking) {
    this.at = ranking.at;
    if (this.tag === null || this.tag === undefined) return;
    const now = this.find(this.tag);
    if (now) this.#show(now);
    else if (this.trend) this.#gone();
    if (performance.now() - this.loadedAt > RELOAD_MS) this.#timeline();
  }

  #frame() {
    this.title = tagName(this.tag);
    this.meta = el("div.meta");
    this.reason = el("p.reason");
    this.tiles = el("dl.tiles");
    this.readout = el("div.readout", { "aria-hidden": "true" });
    this.chartBox = el("figure.chart", { role: "img", "aria-label": "Authors over time" });
    this.ranges = el("div.tabs", { role: "group", "aria-label": "Stretch of time" }, ...RANGES.map(([name, ms]) =>
      el("button", { type: "button", "aria-pressed": String(ms === this.range), onclick: () => this.#setRange(ms) }, name)));
    this.exports = el("p.exports");
    this.first = el("div");
    this.examples = el("div");
    this.related = el("div");
    this.makeUp = el("div.make-up");
    this.box.replaceChildren(
      el("header.trend-head", {},
        el("h2", {}, el("span.hash", { "aria-hidden": "true" }, "#"), this.title),
        el("button.icon", { type: "button", "aria-label": "Close", title: "Back (Esc)", onclick: () => this.box.dispatchEvent(new Event("close-trend")) }, "✕"),
        this.meta, this.reason),
      this.tiles,
      el("div.chart-head", {}, el("h3", {}, "Timeline"), this.ranges),
      this.chartBox, this.readout, this.exports,
      this.makeUp, this.first, this.examples, this.related);
    this.#exports();
    this.chart = new Chart(this.chartBox, (words) => this.readout.replaceChildren(...words));
  }

  #show(trend) {
    const before = this.trend;
    this.trend = trend;
    if (before?.tag !== trend.tag) this.#exports();
    text(this.title, format.tag(trend.display));
    this.meta.replaceChildren(
      stateChip(trend.state),
      el("span", {}, `rank ${trend.rank}`),
      el("span", {}, `since ${format.when(trend.since, this.at)} (${format.span(Date.parse(this.at) - Date.parse(trend.since))})`),
      trend.warming ? el("span.warm", { title: "The stream is too young to know this tag's past" }, "warming") : "");
    text(this.reason, trend.reason ?? "");
    const window = this.board().window;
    this.#tiles([
      ["authors", format.count(trend.authors), `in ${window}${trend.authors_error ? `, ±${format.percent(trend.authors_error)}` : ""}`],
      ["expected", format.expectation(trend.expected), trend.band ? `usual ${format.range(trend.band)}` : "by its past"],
      ["posts", format.count(trend.count), `in ${window}`],
      ["chance", format.rarity(trend.odds), ""],
    ]);
    const refs = (list) => (list ?? []).map((post) => post.ref).join();
    const key = [refs(trend.first), refs(trend.examples)].join("|");
    if (key !== this.postsKey || before?.tag !== trend.tag) {
      this.postsKey = key;
      this.#posts(trend);
    }
    this.#makeUp(trend);
    const relatedKey = JSON.stringify([trend.tags, trend.related]);
    if (relatedKey !== this.related.dataset.key) {
      this.related.dataset.key = relatedKey;
      this.#related(trend);
    }
  }

  #tiles(list) {
    this.tiles.replaceChildren(...list.map(([name, value, more]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value, " ", el("small", {}, more)))));
  }

  /** It left the ranking: what is remembered of it stays. */
  #gone() {
    this.trend = null;
    this.meta.replaceChildren(el("span.chip", {}, "not trending now"), this.#lastSeen());
    this.#timeline();
  }

  #lastSeen() {
    return this.seen ? el("span", {}, `last seen trending ${format.when(this.seen.last, this.at)}`) : "";
  }

  async #past() {
    const key = this.key;
    try {
      const { tags } = await get("/api/tags", { stream: this.board().stream, tag: this.tag });
      if (key !== this.key) return;
      this.seen = tags[0];
    } catch (error) {
      if (key === this.key && !this.trend) this.meta.replaceChildren(el("span.chip", {}, error.message));
      return;
    }
    if (this.trend) return;
    if (!this.seen) return this.meta.replaceChildren(el("span.chip", {}, "never seen trending"));
    text(this.title, format.tag(this.seen.display));
    this.meta.replaceChildren(el("span.chip", {}, "not trending now"), this.#lastSeen());
    this.#tiles([
      ["most authors", format.count(this.seen.peak_authors), `in ${this.seen.window}`],
      ["first seen", format.when(this.seen.first, this.at), ""],
      ["last seen", format.when(this.seen.last, this.at), ""],
    ]);
  }

  /** Who wrote what when it last stood in this board's ranking. @param {string} at */
  async #then(at) {
    const key = this.key;
    const past = await remembered({ ...this.board(), at }).catch(() => null);
    const then = past?.trends.find((trend) => trend.tag === this.tag);
    if (!then || key !== this.key || this.trend) return;
    text(this.reason, then.reason ? `Then: ${then.reason}` : "");
    this.#makeUp(then);
    this.#posts(then);
    this.#related(then);
  }

  async #timeline() {
    const key = this.key;
    this.loadedAt = performance.now();
    try {
      const to = this.trend && this.at ? Date.parse(this.at) : null;
      // A story is remembered under the tag that leads it.
      const { points, from } = await get(`/api/tag/${encodeURIComponent(this.trend?.tag ?? this.tag)}/timeline`, {
        ...this.board(), to, from: to ? to - this.range : this.range > 1e12 ? 0 : null, limit: 800,
      });
      if (key !== this.key || !this.chart) return;
      if (!this.trend && points.length && !this.postsKey) {
        this.postsKey = "then";
        this.#then(points[points.length - 1].at);
      }
      const shown = pointsOf(points, this.trend, this.at, format.windowMs(this.board().window));
      if (!shown.length) {
        this.#nothing();
        return;
      }
      await this.chart.show(shown, marksOf(points, this.trend, Date.parse(from)));
      this.chartBox.setAttribute("aria-label", `Authors over time, at most ${Math.max(...shown.map((p) => p.authors ?? 0))}`);
    } catch (error) {
      if (key === this.key && !this.chart?.plot) this.chartBox.replaceChildren(el("p.none", {}, error.message));
    }
  }

  /** Says where else to look, if it was a trend in another window. */
  #nothing() {
    const elsewhere = this.seen && this.seen.window !== this.board().window ? this.seen.window : null;
    this.chartBox.replaceChildren(el("p.none", {}, elsewhere
      ? el("span", {}, "It led no trend of this window. ", el("a", { href: href({ window: elsewhere }) }, `See it in ${elsewhere}`))
      : "Nothing is remembered of this stretch of time"));
  }

  #setRange(ms) {
    this.range = ms;
    [...this.ranges.children].forEach((button, i) => button.setAttribute("aria-pressed", String(RANGES[i][1] === ms)));
    this.#timeline();
  }

  #exports() {
    const path = `/api/tag/${encodeURIComponent(this.trend?.tag ?? this.tag)}/timeline`;
    const all = { ...this.board(), from: 0, limit: 20000 };
    this.exports.replaceChildren(
      el("a", { href: url(path, { ...all, format: "csv" }), download: "timeline.csv" }, "CSV"),
      el("a", { href: url(path, all), target: "_blank", rel: "noopener" }, "JSON"),
      el("button", { type: "button", onclick: () => this.#png() }, "PNG"));
  }

  async #png() {
    if (!this.chart?.plot) return;
    const link = el("a", { href: URL.createObjectURL(await this.chart.png()), download: "timeline.png" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  #posts(trend) {
    const stream = this.board().stream;
    const first = trend.first ?? [];
    const seen = new Set(first.map((post) => post.ref));
    posts(this.first, "First posts in the window", stream, first, this.at);
    posts(this.examples, "Examples", stream, (trend.examples ?? []).filter((post) => !seen.has(post.ref)), this.at);
  }

  /** In which languages it is written, and where. */
  #makeUp({ languages, sources }) {
    const key = JSON.stringify([languages, sources]);
    if (key === this.makeUp.dataset.key) return;
    this.makeUp.dataset.key = key;
    const list = (title, shares, name) => shares?.length
      ? el("div.shares", {}, el("h3", {}, title), el("ul", {}, ...shares.map((each) =>
        el("li", {}, el("span.foreign", { dir: "auto" }, name(each.name)), el("b", {}, format.percent(each.share)), shareBar(each.share)))))
      : "";
    this.makeUp.replaceChildren(list("Languages", languages, format.language), list("Sources", sources, String));
  }

  #related(trend) {
    const story = (trend.tags ?? []).filter((tag) => tag !== trend.tag);
    const related = trend.related ?? [];
    const chip = (tag, more) => el("a", { href: href({ trend: tag }) }, el("bdi.foreign", { dir: "auto" }, `#${format.tag(tag)}`), more ? el("small", {}, more) : "");
    this.related.replaceChildren(
      ...(story.length ? [el("h3", {}, "The same story"), el("div.tags", {}, ...story.map((tag) => chip(tag)))] : []),
      ...(related.length ? [el("h3", {}, "Used together"), el("div.tags", {}, ...related.map((each) => chip(each.tag, `×${format.expectation(each.lift)}`)))] : []));
  }
}
