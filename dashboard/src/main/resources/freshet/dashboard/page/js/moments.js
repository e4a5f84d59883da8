// Then: a strip of how busy the past was, and a slider on it. Moving it shows the ranking as it was; Play goes forward
// from there at the speed chosen, and the address says where. Every moment has a link to share, the present one too.

import { byId, el, svg, text } from "./dom.js";
import { get, remembered } from "./api.js";
import { go, href, view } from "./address.js";
import * as format from "./format.js";

const STRETCHES = 240;
const REFRESH_MS = 30_000;
const STEP_MS = 700;
const SPEEDS = [["1 min/s", 6e4], ["5 min/s", 3e5], ["20 min/s", 12e5], ["1 h/s", 36e5]];
const TOLD_MS = 2_500;

export class Moments {
  /** @param {() => {stream: string, window: string, scope: string}} board */
  constructor(board) {
    this.ofBoard = board;
    this.foot = byId("moments");
    this.from = 0;
    this.to = 0;
    this.chart = svg("svg", { viewBox: `0 0 ${STRETCHES} 24`, preserveAspectRatio: "none", "aria-hidden": "true" });
    this.slider = el("input", { type: "range", min: 0, max: 1000, value: 1000, "aria-label": "Moment shown" });
    this.play = el("button", { type: "button", "aria-pressed": "false", onclick: () => this.#toggle() }, "Play");
    this.speed = el("select", { "aria-label": "Speed", title: "Speed" },
      ...SPEEDS.map(([name, ms]) => el("option", { value: ms }, name)));
    this.share = el("button", { type: "button", title: "Copy the link to this moment", onclick: () => this.#share() }, "Copy link");
    this.nowButton = el("button", { type: "button", onclick: () => go({ at: null }) }, "Now");
    this.edge = el("span.edge");
    this.foot.append(this.edge, el("div.track", {}, this.chart, this.slider), el("div.buttons", {}, this.play, this.speed, this.share, this.nowButton));
    this.slider.addEventListener("input", () => this.#moved());
    setInterval(() => document.hidden || this.#load(), REFRESH_MS);
  }

  /** Another board, or another moment of it, is shown. @param {string|null} at */
  board(at) {
    const key = JSON.stringify(this.ofBoard());
    if (key !== this.key) {
      this.key = key;
      this.#load();
    }
    if (!at) this.#stop();
    this.nowButton.setAttribute("aria-pressed", String(!at));
    this.play.hidden = !at;
    this.speed.hidden = !at;
    if (!at) this.slider.value = "1000";
  }

  /** The moment that is shown. @param {string} at */
  at(at) {
    this.shown = at;
    const ms = Date.parse(at);
    if (!view().at) {
      if (ms > this.to) this.to = ms;
    } else if (this.to > this.from && document.activeElement !== this.slider) {
      this.slider.value = String(Math.round(((ms - this.from) / (this.to - this.from)) * 1000));
    }
    this.slider.setAttribute("aria-valuetext", format.full(ms));
  }

  async #load() {
    const key = this.key;
    const { moments } = await get("/api/moments", { ...this.ofBoard(), limit: STRETCHES }).catch(() => ({ moments: [] }));
    if (key !== this.key) return;
    this.foot.hidden = moments.length < 2;
    document.body.classList.toggle("then-shown", moments.length >= 2);
    if (moments.length < 2) return;
    this.from = Date.parse(moments[0].at);
    this.to = Math.max(Date.parse(moments[moments.length - 1].at), this.from + 1);
    if (this.shown) this.at(this.shown);
    const top = Math.max(4, ...moments.map((moment) => moment.trends));
    const bar = (kind, moment, n) => {
      const x = ((Date.parse(moment.at) - this.from) / (this.to - this.from)) * (STRETCHES - 1);
      const height = Math.sqrt(n / top) * 22;
      return svg("rect", { class: kind, x: x.toFixed(1), width: 0.8, y: (24 - height).toFixed(1), height: height.toFixed(1) });
    };
    this.chart.replaceChildren(
      ...moments.filter((m) => m.trends).map((m) => bar("bar-all", m, m.trends)),
      ...moments.filter((m) => m.breaking).map((m) => bar("bar-breaking", m, m.breaking)));
    text(this.edge, format.when(this.from, this.to));
    this.edge.title = format.full(this.from);
  }

  #moved() {
    this.#stop();
    const share = Number(this.slider.value) / 1000;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (share >= 1) return go({ at: null }, true);
      go({ at: new Date(Math.round(this.from + share * (this.to - this.from))).toISOString() }, Boolean(view().at));
    }, 60);
  }

  #toggle() {
    if (this.playing) return this.#stop();
    this.playing = true;
    this.play.setAttribute("aria-pressed", "true");
    text(this.play, "Pause");
    this.#next();
  }

  async #next() {
    if (!this.playing) return;
    if (Date.parse(view().at) >= this.to) {
      this.#stop();
      return go({ at: null }, true); // arrived at now
    }
    try {
      // The next one remembered, or the first beyond what the speed passes over.
      const after = Date.parse(view().at) + Number(this.speed.value) * (STEP_MS / 1000) - 1;
      const ranking = await remembered({ ...this.ofBoard(), after: Math.max(Math.round(after), Date.parse(view().at)) });
      if (!this.playing) return;
      if (!ranking) {
        this.#stop();
        return go({ at: null }, true); // arrived at now
      }
      go({ at: ranking.at }, true);
      this.stepTimer = setTimeout(() => this.#next(), STEP_MS);
    } catch {
      this.#stop();
    }
  }

  async #share() {
    const link = location.origin + href({ at: view().at ?? this.shown ?? null });
    try {
      await navigator.clipboard.writeText(link);
      text(this.share, "Copied");
    } catch { // not allowed, or a page that came without encryption: the address bar has it then
      go({ at: view().at ?? this.shown ?? null });
      text(this.share, "It is the address");
    }
    clearTimeout(this.told);
    this.told = setTimeout(() => text(this.share, "Copy link"), TOLD_MS);
  }

  #stop() {
    this.playing = false;
    clearTimeout(this.stepTimer);
    this.play.setAttribute("aria-pressed", "false");
    text(this.play, "Play");
  }
}
