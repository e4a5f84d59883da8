// What is looked at stands in the page's address, so that every view can be shared, and Back goes back.

/** @typedef {{stream: string|null, window: string, scope: string, at: string|null, trend: string|null}} View */

const listeners = new Set();

/** @returns {View} */
export function view() {
  const query = new URLSearchParams(location.search);
  const trend = /^\/trend\/([^/]+)$/.exec(location.pathname);
  return {
    stream: query.get("stream"),
    window: query.get("window") || "10m",
    scope: query.get("scope") || "all",
    at: query.get("at"),
    trend: trend ? decode(trend[1]) : null,
  };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Address of a view that differs from the present one. @param {Partial<View>} change */
export function href(change) {
  const next = { ...view(), ...change };
  const query = new URLSearchParams();
  if (next.stream) query.set("stream", next.stream);
  if (next.window !== "10m") query.set("window", next.window);
  if (next.scope !== "all") query.set("scope", next.scope);
  if (next.at) query.set("at", next.at);
  const search = query.toString();
  return (next.trend === null ? "/" : `/trend/${encodeURIComponent(next.trend)}`) + (search ? `?${search}` : "");
}

/** @param {Partial<View>} change @param {boolean} [quietly] without a step in the browser's history */
export function go(change, quietly) {
  const to = href(change);
  if (to === location.pathname + location.search) return;
  history[quietly ? "replaceState" : "pushState"](null, "", to);
  changed();
}

/** @param {(view: View) => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}

function changed() {
  const now = view();
  for (const listener of listeners) listener(now);
}

addEventListener("popstate", changed);

// Links within the page change the view; with a modifier key they open as any link does.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href^='/']") : null;
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const to = new URL(/** @type {HTMLAnchorElement} */ (link).href);
  if (to.pathname !== "/" && !to.pathname.startsWith("/trend/")) return;
  event.preventDefault();
  if (link.hasAttribute("data-home")) return go({ trend: null, at: null });
  history.pushState(null, "", to.pathname + to.search);
  changed();
});
