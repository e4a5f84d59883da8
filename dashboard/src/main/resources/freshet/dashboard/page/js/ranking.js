// The ranking: rows that slide to their places. Numbers change with every ranking that is shown, the order at most every
// half second.

import { byId, el, text } from "./dom.js";
import { Calm } from "./calm.js";
import * as format from "./format.js";
import { Row } from "./row.js";

const ORDER_EVERY_MS = 500;
const SLIDE_MS = 420;
const ROWS_MAX = 100;
const LATE_MS = 120_000;
const ANNOUNCE_EVERY_MS = 20_000;

export class RankingList {
  constructor() {
    this.list = byId("rows");
    /** @type {Map<string, Row>} */
    this.rows = new Map();
    this.current = null;
    this.orderedAt = 0;
    this.known = new Set();
    this.announcedAt = 0;
    this.calm = new Calm(this.list, (still) => {
      byId("paused").hidden = !still;
      if (!still) this.#draw();
    });
    this.motion = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** @param {any} ranking @param {{longest: number}} about length of the stream's longest window, ms */
  show(ranking, about) {
    this.ranking = ranking;
    this.about = about;
    this.#draw();
  }

  /** The stream's clock went on beyond the ranking: an empty one stays as it is for long, another is late. @param {string} at */
  passed(at) {
    if (!this.ranking) return;
    const behind = Date.parse(at) - Date.parse(this.ranking.at);
    const calm = !this.ranking.trends.length;
    if (behind < (calm ? 5_000 : LATE_MS)) return;
    text(byId("ranking-about"), calm
      ? `calm since ${format.when(this.ranking.at, at)}`
      : `as of ${format.when(this.ranking.at, at)}; counting is behind the posts`);
  }

  /** Empties the list: another board comes. */
  clear() {
    this.ranking = null;
    this.known = new Set();
    this.fresh = true;
    for (const row of this.rows.values()) row.element.remove();
    this.rows.clear();
    byId("empty").hidden = true;
    byId("kept-out").hidden = true;
    text(byId("ranking-about"), "");
  }

  /** Says why there are no rows, if there are none: those held under a pointer stay a while. @param {string} title @param {string} words */
  nothing(title, words) {
    const empty = byId("empty");
    empty.hidden = this.rows.size > 0;
    if (empty.textContent !== title + words) empty.replaceChildren(el("h3", {}, title), el("p", {}, words));
  }

  /** Marks the trend that is open. @param {string|null} tag */
  select(tag) {
    this.current = tag;
    this.#draw();
  }

  trend(tag) {
    return this.ranking?.trends.find((trend) => trend.tag === tag || trend.tags?.includes(tag)) ?? null;
  }

  /** Moves the focus through the list. @param {number} step */
  step(step) {
    const links = [...this.list.querySelectorAll("a.tag")];
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.max(0, Math.min(links.length - 1, at + step));
    links[next]?.focus({ preventScroll: true });
    links[next]?.closest(".row").scrollIntoView({ block: "nearest" });
  }

  #draw() {
    const ranking = this.ranking;
    if (!ranking) return;
    const size = format.windowMs(ranking.window);
    const stretch = Math.max(size, Math.min(6 * size, this.about.longest || size));
    const context = { at: ranking.at, current: this.current, sparkRatio: stretch / 60 / size };
    const now = performance.now();
    const mayMove = this.fresh || (!this.calm.still && now - this.orderedAt >= ORDER_EVERY_MS);
    const before = mayMove && this.#slides() ? this.#places() : null; // read while nothing is to be laid out anew
    const wanted = [];
    for (const trend of ranking.trends.slice(0, ROWS_MAX)) {
      let row = this.rows.get(trend.id);
      if (!row) {
        if (!mayMove) continue;
        row = new Row(trend);
        this.rows.set(trend.id, row);
      }
      row.update(trend, context);
      wanted.push(row);
    }
    if (mayMove) {
      this.#place(wanted, before);
      this.orderedAt = now;
      this.fresh = false;
    } else {
      const kept = new Set(wanted);
      for (const row of this.rows.values()) if (!kept.has(row)) row.ended();
    }
    if (!mayMove && !this.calm.still) {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.#draw(), ORDER_EVERY_MS - (now - this.orderedAt));
    }
    this.#surroundings(ranking);
    this.#announce(ranking.trends);
  }

  #slides() {
    return !this.motion.matches && !this.fresh && !document.hidden;
  }

  #places() {
    return new Map([...this.rows.values()].map((row) => [row.element, row.element.offsetTop]));
  }

  /**
   * Puts rows in order; those that move slide there from where they were.
   * @param {Row[]} wanted
   * @param {Map<Element, number>|null} before where they were; null where nothing is to slide
   */
  #place(wanted, before) {
    const elements = wanted.map((row) => row.element);
    const keep = new Set(wanted);
    for (const [id, row] of this.rows) {
      if (keep.has(row)) continue;
      row.element.remove();
      this.rows.delete(id);
    }
    let moved = false;
    elements.forEach((element, i) => {
      if (this.list.children[i] === element) return;
      moved = true;
      this.list.insertBefore(element, this.list.children[i] ?? null);
    });
    if (!before || !moved) return;
    for (const element of elements) {
      const from = before.get(element);
      if (from === undefined) {
        element.animate([{ opacity: 0.4, transform: "translateY(-6px)" }, { opacity: 1, transform: "none" }], { duration: SLIDE_MS, easing: "ease-out" });
      } else if (from !== element.offsetTop) {
        element.animate(
          [{ transform: `translateY(${from - element.offsetTop}px)` }, { transform: "none" }],
          { duration: SLIDE_MS, easing: "cubic-bezier(.2,.7,.2,1)" },
        );
      }
    }
  }

  #surroundings(ranking) {
    const busy = ranking.trends.length;
    const more = busy > ROWS_MAX ? `the first ${ROWS_MAX} of ${busy} trends, ` : "";
    text(byId("ranking-about"), `${more}${format.plural(ranking.posts ?? 0, "post")} in the last ${format.windowWords(ranking.window)}`);
    if (busy) byId("empty").hidden = true;
    else this.nothing("All calm", "No tag is used by more people than its own past explains.");
    const out = ranking.kept_out ?? [];
    const details = byId("kept-out");
    details.hidden = !out.length;
    if (out.length) {
      text(details.querySelector("summary"), `${format.plural(out.length, "tag")} kept out`);
      const list = details.querySelector("ul");
      const key = JSON.stringify(out);
      if (list.dataset.key !== key) {
        list.dataset.key = key;
        list.replaceChildren(...out.slice(0, 100).map((each) =>
          el("li", {}, el("b.foreign", { dir: "auto" }, `#${format.tag(each.tag)}`), el("span.foreign", {}, String(each.reason ?? "")))));
      }
    }
  }

  /** Tells those who listen what broke out, a few words and not often. */
  #announce(trends) {
    const breaking = trends.filter((trend) => trend.state === "breaking");
    const news = breaking.filter((trend) => !this.known.has(trend.id));
    const now = performance.now();
    if (!news.length || now - this.announcedAt < ANNOUNCE_EVERY_MS) return;
    this.announcedAt = now;
    for (const trend of breaking) this.known.add(trend.id);
    if (this.known.size > 1000) this.known = new Set(breaking.map((trend) => trend.id));
    const names = news.slice(0, 3).map((trend) => format.tag(trend.display)).join(", ");
    text(byId("announce"), `Breaking out: ${names}${news.length > 3 ? ` and ${news.length - 3} more` : ""}`);
  }
}
