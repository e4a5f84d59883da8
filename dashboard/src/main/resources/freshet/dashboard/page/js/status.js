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

/** @param {any} ranking @param {{live: boolean, then: boolean}} about */
export function clock(ranking, about) {
  const mode = byId("mode");
  const name = about.then ? "then" : about.live ? "live" : "replay";
  mode.className = `badge ${name}`;
  text(mode, name);
  mode.title = about.then
    ? "The ranking as it was"
    : about.live ? "Times are now" : "Times are those of the recording";
  const time = byId("clock");
  if (!ranking) return text(time, "");
  text(time, about.live && !about.then ? format.clock(ranking.at) : `${format.date(ranking.at)} ${format.clock(ranking.at)}`);
  time.dateTime = ranking.at;
  time.title = new Date(ranking.at).toISOString();
  const waiting = byId("waiting");
  const [have, of] = String(ranking.partitions ?? "").split("/");
  waiting.hidden = ranking.final && have === of;
  text(waiting, ranking.final ? "" : `early ${ranking.partitions}`);
  waiting.title = "Counts of some partitions are still to come";
}
