// From remembered points to what a chart shows. A tag that left the ranking leaves a gap.

/**
 * @param {any[]} points oldest first
 * @param {any|null} now the trend as it stands, where it stands in the ranking shown
 * @param {string} at of that ranking
 * @param {number} windowMs
 */
export function pointsOf(points, now, at, windowMs) {
  const shown = points.map((p) => point(p.at, p));
  if (now && at && (!shown.length || Date.parse(at) > shown[shown.length - 1].at)) {
    shown.push(point(at, now));
  }
  const gap = gapOf(shown, windowMs);
  const out = [];
  for (const point of shown) {
    const last = out[out.length - 1];
    if (last && point.at - last.at > gap) out.push({ at: last.at + 1, authors: null, expected: null, low: null, high: null });
    out.push(point);
  }
  return out;
}

function point(at, { authors, expected, band, state }) {
  // Points of old have no band: there it ends at the level expected.
  return { at: Date.parse(at), authors, expected, low: band?.low ?? 0, high: band?.high ?? expected, known: Boolean(band), state };
}

/** Longer than this between two points is a gap: a few of the usual steps. */
function gapOf(shown, windowMs) {
  const steps = shown.slice(1).map((point, i) => point.at - shown[i].at).sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)] ?? 0;
  return Math.max(3 * usual, 3 * 60_000, Math.min(windowMs / 2, 600_000));
}

/**
 * Onset and end of each life, and the peak of all.
 * @param {any[]} points oldest first
 * @param {any|null} now the trend as it stands: while it stands at its highest there is no peak yet
 * @param {number} from begin of the stretch: a life that goes on there began before it
 */
export function marksOf(points, now, from) {
  const going = Boolean(now);
  if (!points.length) return [];
  const marks = [];
  const cut = from > 0 && Date.parse(points[0].at) - from < gapOf(points.map((point) => ({ at: Date.parse(point.at) })), 0);
  points.forEach((point, i) => {
    const at = Date.parse(point.at);
    if (point.id !== points[i - 1]?.id && !(cut && i === 0)) marks.push({ at, words: "onset" });
    if (point.id !== points[i + 1]?.id && (i < points.length - 1 || !going)) marks.push({ at, words: "end" });
  });
  const peak = points.reduce((best, point) => (point.authors > best.authors ? point : best));
  if (!(now?.authors >= peak.authors)) marks.push({ at: Date.parse(peak.at), words: `peak ${peak.authors}` });
  return marks.sort((a, b) => a.at - b.at).slice(-12);
}
