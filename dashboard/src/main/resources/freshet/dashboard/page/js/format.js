// Numbers, times and lengths for people, in the browser's language where it matters and UTC nowhere.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const withSeconds = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const dayYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** @param {number} n */
export const count = (n) => whole.format(n);

/** What is expected: small numbers keep a digit. @param {number} n */
export const expectation = (n) => (!(n >= 0) ? "?" : n === 0 ? "0" : n < 0.05 ? "<0.1" : n < 10 ? one.format(n) : whole.format(n));

/** What is usual. @param {{low: number, high: number}} band */
export const range = ({ low, high }) => (low === high ? count(low) : `${count(low)}–${count(high)}`);

/** @param {number} share of 1 */
export const percent = (share) => (share < 0.01 ? "<1 %" : `${whole.format(share * 100)} %`);

const languageNames = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** A language's name in English; a code that no one knows stays. @param {string} code */
export function language(code) {
  try {
    return (code !== "und" && languageNames.of(code)) || code;
  } catch {
    return code;
  }
}

/** @param {number} n @param {string} word */
export const plural = (n, word) => `${count(n)} ${word}${n === 1 ? "" : "s"}`;

/** @param {string|number|Date} at */
export const clock = (at) => withSeconds.format(new Date(at));

/** Of a chart's axis: times of day, days or seconds as far as the ticks are apart. @param {number[]} ticks ms */
export function ticks(ticks) {
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 0;
  const of = step >= 864e5 ? day : step > 0 && step < 6e4 ? withSeconds : timeOfDay;
  return ticks.map((at) => of.format(new Date(at)));
}

/** A time beside another: without its day where that is the same. */
export function when(at, beside) {
  const date = new Date(at);
  const other = new Date(beside ?? Date.now());
  if (date.toDateString() === other.toDateString()) return timeOfDay.format(date);
  return `${(date.getFullYear() === other.getFullYear() ? day : dayYear).format(date)}, ${timeOfDay.format(date)}`;
}

/** Day and time, with seconds. */
export const full = (at) => `${dayYear.format(new Date(at))} ${clock(at)}`;
export const date = (at) => dayYear.format(new Date(at));

/** A length of time in its largest fitting unit. @param {number} ms */
export function span(ms) {
  const s = Math.max(0, ms) / 1000;
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 90 * 60) return `${Math.round(s / 60)} min`;
  if (s < 36 * 3600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86400)} days`;
}

const UNITS = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5 };

/** Length of a window by its name, milliseconds. @param {string} name */
export function windowMs(name) {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(name);
  return match ? Number(match[1]) * UNITS[match[2]] : NaN;
}

const WORDS = { ms: "milliseconds", s: "seconds", m: "minutes", h: "hours", d: "days" };

/** "10 minutes", "hour". @param {string} name */
export function windowWords(name) {
  const match = /^(\d+)(ms|s|m|h|d)$/.exec(name);
  if (!match) return name;
  return match[1] === "1" ? WORDS[match[2]].slice(0, -1) : `${match[1]} ${WORDS[match[2]]}`;
}

const few = (n) => (n < 10 ? one : whole).format(n);

/** How rare, as one in so many. @param {number} odds */
export function rarity(odds) {
  if (!(odds > 0)) return "beyond counting";
  const n = 1 / odds;
  if (n < 1e4) return `1 in ${whole.format(n)}`;
  if (n < 1e6) return `1 in ${whole.format(Math.round(n / 1e3))} thousand`;
  if (n < 1e9) return `1 in ${few(n / 1e6)} million`;
  if (n < 1e12) return `1 in ${few(n / 1e9)} billion`;
  return `1 in 10${String(Math.round(Math.log10(n))).replace(/\d/g, (d) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d])}`;
}

/** A tag without what would cost seconds to shape: the box cuts it off anyway. @param {string} tag */
export function tag(tag) {
  const bare = String(tag ?? "").replace(/^#/, "");
  return bare.length > 160 ? `${[...bare.slice(0, 160)].join("")}…` : bare;
}
