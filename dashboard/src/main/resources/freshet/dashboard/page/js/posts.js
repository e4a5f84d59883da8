// Posts with their text, in the order given. What was taken back is not shown.

import { el } from "./dom.js";
import { get } from "./api.js";
import * as format from "./format.js";

const MISSING = { retracted: "taken back by its author", gone: "no longer in the log" };

/**
 * @param {HTMLElement} box
 * @param {string} title
 * @param {string} stream
 * @param {{ref: string, at: string}[]} refs
 * @param {string} beside a time that the posts' times stand beside
 */
export async function posts(box, title, stream, refs, beside) {
  if (!refs.length) return box.replaceChildren();
  const wanted = refs.slice(0, 12);
  const key = wanted.map((post) => post.ref).join();
  box.dataset.key = key;
  let answer;
  try {
    answer = await get("/api/posts", { stream, ref: wanted.map((post) => post.ref) });
  } catch (error) {
    answer = { error: error.message };
  }
  if (box.dataset.key !== key) return;
  const shown = answer.error
    ? [el("p.post.missing", {}, answer.error)]
    : answer.posts.filter((each) => each.post || each.missing !== "gone").map((each) => post(each, beside));
  box.replaceChildren(...(shown.length ? [el("h3", {}, title), el("div.posts", {}, ...shown)] : []));
}

function post({ post, missing }, beside) {
  if (!post) return el("p.post.missing", {}, MISSING[missing] ?? "missing");
  const link = webAddress(post.url);
  return el("article.post", {},
    el("header", {},
      el("b.foreign", { dir: "auto" }, post.author?.name ? `@${cut(post.author.name, 60)}` : `author ${cut(post.author?.id ?? "?", 40)}`),
      el("time", { datetime: post.created_at }, format.when(post.created_at, beside)),
      post.repost_of ? el("span", {}, "repost") : "",
      post.lang ? el("span.foreign", {}, cut(post.lang, 12)) : "",
      el("span.foreign", {}, cut(post.source, 20)),
      link ? el("a", { href: link, target: "_blank", rel: "noopener noreferrer nofollow" }, "open") : ""),
    el("p", { dir: "auto", lang: /^[A-Za-z-]{2,12}$/.test(post.lang ?? "") ? post.lang : null }, cut(post.text, 2000)));
}

const cut = (text, max) => (String(text).length > max ? `${String(text).slice(0, max)}…` : String(text));

/** Only what leads to the web becomes a link. */
function webAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
