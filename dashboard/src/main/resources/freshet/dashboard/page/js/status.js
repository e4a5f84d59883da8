// The right end of the bar: which clock, what time it shows, whether we are connected.

import { byId, text } from "./dom.js";
import * as format from "./format.js";

const LINKS = {
  connecting: ["", "connecting"],
  up: ["up", "connected"],
  "source-down": ["down", "waiting for the broker"],
  down: ["down", "reconnecting"],
  then: ["", "looking back"],
};

/** @param {keyof LINKS} state */
export function link(state) {
  const [kind, words] = LINKS[state];
  byId("link").className = `link ${kind}`;
  byId("link").title = words;
  text(byId("link-text"), words);
}

/** @param {string|undefined} at @param {{live: boolean, then: boolean}} about */
export function time(at, about) {
  const element = byId("clock");
  if (!at) return text(element, "");
  text(element, about.live && !about.then ? format.clock(at) : `${format.date(at)} ${format.clock(at)}`);
  element.dateTime = at;
  element.title = new Date(at).toISOString();
}

/** @param {any} ranking @param {{live: boolean, then: boolean}} about */
export function clock(ranking, about) {
  const mode = byId("mode");
  const name = about.then ? "then" : about.live ? "live" : "replay";
  mode.className = `badge ${name}`;
  text(mode, name);
  mode.title = about.then
    ? "The ranking as it was"
    : about.live ? "Times are now" : "Times are those of the recording";
  time(ranking?.at, about);
  if (!ranking) return;
  const waiting = byId("waiting");
  const [have, of] = String(ranking.partitions ?? "").split("/");
  waiting.hidden = have === of;
  text(waiting, ranking.final ? "" : `early ${ranking.partitions}`);
  waiting.title = "Counts of some partitions are still to come";
}
