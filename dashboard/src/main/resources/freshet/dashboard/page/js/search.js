// Finding a tag among those that once trended: a combobox, by keyboard or pointer.

import { byId, el } from "./dom.js";
import { get } from "./api.js";
import { go } from "./address.js";
import * as format from "./format.js";

const WAIT_MS = 120;

export class Search {
  /** @param {() => string} stream the stream to search in */
  constructor(stream) {
    this.stream = stream;
    this.input = byId("find-input");
    this.list = byId("find-list");
    this.found = [];
    this.selected = -1;
    this.input.addEventListener("input", () => this.#later());
    this.input.addEventListener("focus", () => this.#later());
    this.input.addEventListener("blur", () => setTimeout(() => this.#hide(), 150));
    this.input.addEventListener("keydown", (event) => this.#key(event));
    byId("find").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#open(this.found[Math.max(0, this.selected)]?.tag ?? this.input.value.trim().replace(/^#/, ""));
    });
    this.list.addEventListener("pointerdown", (event) => {
      const item = event.target.closest("li[data-tag]");
      if (!item) return;
      event.preventDefault();
      this.#open(item.dataset.tag);
    });
  }

  focus() {
    this.input.focus();
    this.input.select();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), WAIT_MS);
  }

  async #ask() {
    this.abort?.abort();
    this.abort = new AbortController();
    try {
      const prefix = this.input.value.trim().slice(0, 200);
      const { tags } = await get("/api/tags", { stream: this.stream(), prefix, limit: 12 }, this.abort.signal);
      if (document.activeElement === this.input) this.#show(tags);
    } catch (error) {
      if (error.name !== "AbortError") this.#note(error.message);
    }
  }

  #show(tags) {
    this.found = tags;
    this.selected = -1;
    if (!tags.length) return this.#note("No tag that trended begins so");
    this.list.replaceChildren(...tags.map((tag, i) =>
      el("li", { role: "option", id: `find-${i}`, "data-tag": tag.tag, "aria-selected": "false" },
        el("bdi.foreign", { dir: "auto" }, format.tag(tag.display)),
        el("small", {}, `${format.plural(tag.peak_authors, "author")} in ${tag.window}, ${format.when(tag.last)}`))));
    this.#reveal();
  }

  #note(words) {
    this.found = [];
    this.list.replaceChildren(el("li.none", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, words));
    this.#reveal();
  }

  #reveal() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  #hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.#hide();
      this.input.value = "";
      this.input.blur();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const n = this.found.length;
      if (n) this.#select((this.selected + (event.key === "ArrowDown" ? 1 : -1) + n) % n);
    }
  }

  #select(i) {
    this.list.querySelectorAll("li").forEach((item, at) => item.setAttribute("aria-selected", String(at === i)));
    this.selected = i;
    this.input.setAttribute("aria-activedescendant", `find-${i}`);
    this.list.children[i]?.scrollIntoView({ block: "nearest" });
  }

  #open(tag) {
    if (!tag) return;
    this.#hide();
    this.input.value = "";
    this.input.blur();
    go({ trend: tag });
  }
}
