// What trended before and no longer does: where little trends, the page still says what happened.

import { byId, el } from "./dom.js";
import { get } from "./api.js";
import { href } from "./address.js";
import * as format from "./format.js";

const ROOM = 10;
const AGAIN_MS = 20_000;
const PAUSE_MS = 3_000;

export class Earlier {
  /** @param {() => string} stream @param {() => any[]} trends those in the ranking shown */
  constructor(stream, trends) {
    this.stream = stream;
    this.trends = trends;
    this.box = byId("earlier");
    setInterval(() => document.hidden || this.show(this.wanted), AGAIN_MS);
  }

  /** @param {boolean} wanted not in the past: there it would tell the future */
  show(wanted) {
    this.wanted = wanted;
    if (!wanted) this.box.hidden = true;
    this.soon ??= setTimeout(() => {
      this.soon = undefined;
      this.#show();
    }, (this.shownAt ?? -PAUSE_MS) + PAUSE_MS - performance.now());
  }

  async #show() {
    const wanted = this.wanted;
    this.shownAt = performance.now();
    const stream = this.stream();
    const room = ROOM - this.trends().length;
    if (!wanted || room < 1) {
      this.box.hidden = true;
      return;
    }
    const { tags } = await get("/api/tags", { stream, limit: 2 * ROOM }).catch(() => ({ tags: [] }));
    if (stream !== this.stream() || !this.wanted) return;
    const now = new Set(this.trends().flatMap((trend) => trend.tags ?? [trend.tag]));
    const shown = tags.filter((tag) => !now.has(tag.tag)).slice(0, room);
    this.box.hidden = !shown.length;
    const newest = tags[0]?.last;
    this.box.querySelector("ul").replaceChildren(...shown.map((tag) => this.#row(tag, newest)));
  }

  #row(tag, newest) {
    const start = format.when(tag.first, newest);
    const end = format.when(tag.last, tag.first);
    return el("li", {}, el("a", { href: href({ trend: tag.tag }) },
      el("bdi.foreign", { dir: "auto" }, `#${format.tag(tag.display)}`),
      el("small", {}, `up to ${format.plural(tag.peak_authors, "author")} in ${tag.window}`),
      el("small", {}, tag.first === tag.last ? start : `${start} to ${end}`)));
  }
}
