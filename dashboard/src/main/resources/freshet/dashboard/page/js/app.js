// Puts the parts together: what the address says is shown.

import { byId, el, text } from "./dom.js";
import { get, remembered } from "./api.js";
import * as address from "./address.js";
import { load as loadChart } from "./chart.js";
import { Earlier } from "./earlier.js";
import { keyboard } from "./keys.js";
import { Live } from "./live.js";
import { Moments } from "./moments.js";
import { RankingList } from "./ranking.js";
import { Search } from "./search.js";
import * as status from "./status.js";
import { TrendPanel } from "./trend.js";
import { windowMs } from "./format.js";

const STREAMS_EVERY_MS = 5_000;
const WINDOWS = ["1m", "10m", "1h"];

let listing = { default: "live", source: "down", streams: [] };
let shownBoard = "";
let shownIds = "";
let reached = "";

const list = new RankingList();
const live = new Live(
  arrived,
  (state) => address.view().at || status.link(state),
  (clock) => address.view().at || passed(clock),
);
const panel = new TrendPanel(board, (tag) => list.trend(tag));
const moments = new Moments(board);
const earlier = new Earlier(() => board().stream, () => list.ranking?.trends ?? []);
new Search(() => board().stream);
const search = document.getElementById("find-input");

keyboard({
  find: () => { search.focus(); search.select(); },
  step: (n) => list.step(n),
  back: () => address.view().trend === null ? (address.view().at ? address.go({ at: null }) : undefined) : close(),
  window: (i) => windows()[i] && address.go({ window: windows()[i] }),
  now: () => address.go({ at: null }),
});

/** The board that is looked at. */
function board() {
  const { stream, window, scope } = address.view();
  return { stream: stream ?? listing.default, window, scope };
}

function entry() {
  return listing.streams.find((each) => each.name === board().stream) ?? null;
}

function windows() {
  const heard = entry()?.windows ?? [];
  return heard.every((name) => WINDOWS.includes(name)) ? WINDOWS : heard; // the usual ones, before each was heard of
}

function about() {
  return { longest: Math.max(...windows().map(windowMs)), live: board().stream === "live", then: Boolean(address.view().at) };
}

// However fast rankings come, the newest is shown: at once, unless the one before was shown just now or took long. So
// drawing takes a quarter of the time at most, and leaves the browser time to paint, which it doesn't tell.
const REST = 3;
const REST_MS_MIN = 90;
const REST_MS_MAX = 250;
let waiting = null;
let restUntil = 0;

function arrived(ranking) {
  if (address.view().at) return;
  const idle = !waiting;
  waiting = { ranking, key: shownBoard };
  if (idle) setTimeout(() => requestAnimationFrame(showWaiting), restUntil - performance.now());
}

function showWaiting() {
  const { ranking, key } = waiting;
  waiting = null;
  if (key !== shownBoard) return; // another board, or moment, has been chosen meanwhile
  const begun = performance.now();
  show(ranking);
  const now = performance.now();
  restUntil = now + Math.max(REST_MS_MIN, Math.min(REST_MS_MAX, REST * (now - begun)));
}

/** Time went on, be there trends or not. */
function passed(clock) {
  if (clock > reached) reached = clock; // ISO-8601, UTC: in the order of time
  if (list.ranking && Date.parse(clock) <= Date.parse(list.ranking.at)) return;
  status.time(clock, about());
  list.passed(clock);
  moments.at(clock);
}

function show(ranking) {
  byId("notice").hidden = true;
  list.show(ranking, about());
  status.clock(ranking, about());
  panel.ranking(ranking);
  moments.at(ranking.at);
  if (reached && !about().then) passed(reached);
  if (ids(ranking) !== shownIds) {
    shownIds = ids(ranking);
    earlier.show(!about().then);
  }
}

const ids = (ranking) => ranking.trends.map((trend) => trend.id).sort().join();

async function shown(view) {
  const key = JSON.stringify([board(), view.at]);
  const sameBoard = shownBoard === key;
  shownBoard = key;
  controls();
  list.select(view.trend);
  byId("main").classList.toggle("open", view.trend !== null);
  if (!sameBoard) {
    const keep = Boolean(view.at);
    if (!keep) list.clear();
    reached = "";
    status.clock(null, about());
    if (view.at) {
      live.follow(null);
      status.link("then");
      await past(view.at, key);
    } else {
      live.follow(board());
      newest(key);
    }
    moments.board(view.at);
    earlier.show(!view.at);
  }
  panel.open(view.trend);
  title();
}

async function past(at, key) {
  try {
    const ranking = await remembered({ ...board(), at });
    if (key !== shownBoard) return;
    if (ranking) return show(ranking);
    list.clear();
    nothing("Nothing is remembered of that time");
  } catch (error) {
    if (key !== shownBoard) return;
    list.clear();
    nothing(error.message);
  }
}

/** What is remembered, for a board that nothing live is heard of. */
async function newest(key) {
  if (!entry()?.windows.includes(board().window)) return nothing("");
  try {
    const ranking = await remembered(board());
    if (key !== shownBoard || list.ranking) return;
    if (ranking) show(ranking);
    else nothing("");
  } catch (error) {
    if (key === shownBoard && !list.ranking) nothing(error.message);
  }
}

function nothing(words) {
  list.nothing(words || "Listening", words ? "" : "Trends show here by themselves as they break out.");
}

function title() {
  const { trend } = address.view();
  const breaking = list.ranking?.trends.find((each) => each.state === "breaking");
  document.title = trend !== null ? `#${trend} · Freshet` : breaking ? `#${breaking.display} · Freshet` : "Freshet";
}
setInterval(title, 2_000);
requestIdleCallback?.(() => setTimeout(() => loadChart().catch(() => {}), 3_000)); // so that the first chart need not wait for it

function close() {
  const { trend } = address.view();
  address.go({ trend: null });
  const row = list.trend(trend);
  (row && list.rows.get(row.id)?.link)?.focus({ preventScroll: false });
}
byId("trend").addEventListener("close-trend", close);

// The bar's controls.

byId("stream").addEventListener("change", (event) => address.go({ stream: event.target.value, at: null, trend: null }));
byId("scope").addEventListener("change", (event) => address.go({ scope: event.target.value }));

function controls() {
  const now = board();
  const names = listing.streams.map((each) => each.name);
  if (!names.includes(now.stream)) names.unshift(now.stream);
  options(byId("stream"), names, now.stream, (name) => (name === "live" ? "Live" : name));
  byId("stream-pick").hidden = names.length < 2;
  const scopes = entry()?.scopes.length ? entry().scopes : [now.scope];
  options(byId("scope"), scopes.includes(now.scope) ? scopes : [now.scope, ...scopes], now.scope, (scope) => scope);
  byId("scope-pick").hidden = scopes.length < 2;
  const tabs = byId("windows");
  const all = windows().includes(now.window) ? windows() : [...windows(), now.window];
  if (tabs.dataset.names !== all.join()) {
    tabs.dataset.names = all.join();
    tabs.replaceChildren(...all.map((name) =>
      el("button", { type: "button", "data-window": name, onclick: () => address.go({ window: name }) }, name)));
  }
  for (const button of tabs.children) button.setAttribute("aria-pressed", String(button.dataset.window === now.window));
}

function options(select, names, chosen, label) {
  if (select.dataset.names !== names.join()) {
    select.dataset.names = names.join();
    select.replaceChildren(...names.map((name) => el("option", { value: name }, label(name))));
  }
  if (select.value !== chosen) select.value = chosen;
}

async function look() {
  if (live.lost) return; // it would only fail; the server is looked for already
  try {
    const before = board().stream;
    const next = await get("/api/streams");
    // A stream that is being looked at stays, whichever the server would begin with by now.
    if (next.streams.some((each) => each.name === before)) next.default = before;
    listing = next;
    if (board().stream !== before) await shown(address.view());
    else controls();
    if (!list.ranking && !address.view().at && listing.streams.length) newest(shownBoard);
    if (list.ranking) list.about = about();
    if (entry() && !address.view().at) passed(entry().last);
  } catch (error) {
    text(byId("notice"), error.message);
    byId("notice").hidden = error.message === "Freshet does not answer"; // the bar says so already
  }
}

address.onChange(shown);
await look();
await shown(address.view());
setInterval(look, STREAMS_EVERY_MS);
