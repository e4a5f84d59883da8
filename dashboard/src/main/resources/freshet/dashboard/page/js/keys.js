// The keyboard: one letter each, never while someone types.

import { byId, el } from "./dom.js";

const KEYS = [
  [["/"], "find a tag"],
  [["↑", "↓"], "go through the ranking (also k and j)"],
  [["Enter"], "open the trend"],
  [["Esc"], "back"],
  [["1", "2", "3"], "switch the window"],
  [["n"], "back to now"],
  [["?"], "these keys"],
];

/** @param {{find: () => void, step: (n: number) => void, back: () => void, window: (i: number) => void, now: () => void}} actions */
export function keyboard(actions) {
  const dialog = byId("keys");
  dialog.append(
    el("h2", { id: "keys-title" }, "Keys"),
    el("dl", {}, ...KEYS.flatMap(([keys, words]) => [el("dt", {}, ...keys.flatMap((key) => [el("kbd", {}, key), " "])), el("dd", {}, words)])),
    el("form", { method: "dialog" }, el("button", {}, "Close")),
  );
  byId("keys-button").addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || dialog.open) return;
    const typing = event.target.matches?.("input, select, textarea");
    if (event.key === "Escape") return actions.back();
    if (typing) return;
    const act = {
      "/": actions.find,
      ArrowDown: () => actions.step(1),
      ArrowUp: () => actions.step(-1),
      j: () => actions.step(1),
      k: () => actions.step(-1),
      n: actions.now,
      "?": () => dialog.showModal(),
    }[event.key] ?? (/^[1-9]$/.test(event.key) ? () => actions.window(Number(event.key) - 1) : null);
    // In the trend's panel the arrows scroll, as anywhere.
    if (!act || (event.key.startsWith("Arrow") && event.target.closest?.("#trend, #moments"))) return;
    event.preventDefault();
    act();
  });
}
