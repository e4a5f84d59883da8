// Whether the list may move: not while someone points at it or walks through it by keyboard. Someone who left the
// pointer there, or the focus, and does nothing for a while has gone; then it moves again.

const LEFT_MS = 12_000;

export class Calm {
  /** @param {HTMLElement} list @param {(still: boolean) => void} onChange */
  constructor(list, onChange) {
    this.onChange = onChange;
    this.still = false;
    list.addEventListener("pointermove", (event) => event.pointerType !== "touch" && this.#hold());
    list.addEventListener("pointerleave", () => this.#release());
    list.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && this.#hold());
    list.addEventListener("keydown", () => this.#hold());
    list.addEventListener("focusout", (event) => list.contains(event.relatedTarget) || this.#release());
  }

  #hold() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#release(), LEFT_MS);
    this.#set(true);
  }

  #release() {
    clearTimeout(this.timer);
    this.#set(false);
  }

  #set(still) {
    if (still === this.still) return;
    this.still = still;
    this.onChange(still);
  }
}
