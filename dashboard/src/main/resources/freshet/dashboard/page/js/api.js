// The JSON endpoints. A failure is an Error whose message a person can read.

/** @param {string} path @param {Record<string, string|number|null|undefined|string[]>} [parameters] @param {AbortSignal} [signal] */
export async function get(path, parameters = {}, signal) {
  let response;
  try {
    response = await fetch(url(path, parameters), { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("Freshet does not answer");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) {
    const error = new Error(body?.error?.message ?? `Freshet answered ${response.status}`);
    error.status = response.status;
    throw error;
  }
  return body;
}

/** A ranking, or null where there is none: no failure, and no error in the browser's console. @param {Record<string, any>} parameters */
export async function remembered(parameters) {
  return (await get("/api/rankings", parameters)).rankings[0] ?? null;
}

/** @param {string} path @param {Record<string, any>} parameters */
export function url(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value === null || value === undefined || value === "") continue;
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  const search = query.toString();
  return search ? `${path}?${search}` : path;
}
