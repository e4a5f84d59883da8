// Rankings as they come. The browser resumes by Last-Event-ID; this adds what it does not do: notice a connection that
// died silently, come back after an error, and rest while the page is hidden.

import { url } from "./api.js";

const SILENCE_MS = 25_000; // the server is heard every ten seconds
const HIDDEN_MS = 60_000;

export class Live {
  /**
   * @param {(ranking: any) => void} onRanking
   * @param {(state: "connecting"|"up"|"source-down"|"down") => void} onState
   * @param {(clock: string) => void} onClock how far the stream's posts have come
   */
  constructor(onRanking, onState, onClock) {
    this.onRanking = onRanking;
    this.onState = onState;
    this.onClock = onClock;
    this.board = null;
    this.source = null;
    this.backOff = 1000;
    document.addEventListener("visibilitychange", () => this.#visibility());
  }

  /** Whether the server does not answer. */
  get lost() {
    return this.state === "down";
  }

  #tell(state) {
    this.state = state;
    this.onState(state);
  }

  /** Follows a board, or none. @param {{stream: string, window: string, scope: string}|null} board */
  follow(board) {
    const same = JSON.stringify(board) === JSON.stringify(this.board);
    if (same && (this.source || !board)) return;
    this.board = board;
    this.#close();
    if (board) this.#open();
    else this.state = "";
  }

  #open() {
    this.#tell("connecting");
    const source = new EventSource(url("/api/live", this.board));
    this.source = source;
    source.addEventListener("ranking", (event) => {
      this.#heard();
      try {
        this.onRanking(JSON.parse(event.data));
      } catch (error) {
        console.warn("a ranking that is no JSON", error);
      }
    });
    source.addEventListener("status", (event) => {
      this.#heard();
      const status = JSON.parse(event.data);
      this.#tell(status.source === "up" ? "up" : "source-down");
      if (status.clock) this.onClock(status.clock);
    });
    source.addEventListener("error", () => {
      if (source !== this.source) return;
      this.#tell("down");
      if (source.readyState === EventSource.CLOSED) this.#again(); // refused; else the browser retries by itself
    });
    this.#heard();
  }

  #heard() {
    this.backOff = 1000;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => {
      this.#tell("down");
      this.#again();
    }, SILENCE_MS);
  }

  #again() {
    this.#close();
    this.retry = setTimeout(() => this.board && this.#open(), this.backOff);
    this.backOff = Math.min(this.backOff * 2, 15_000);
  }

  #close() {
    clearTimeout(this.silence);
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  #visibility() {
    clearTimeout(this.hiding);
    if (document.hidden) {
      this.hiding = setTimeout(() => this.#close(), HIDDEN_MS);
    } else if (this.board && !this.source) {
      this.#close();
      this.#open();
    }
  }
}
