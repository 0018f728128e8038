/**
 * Reads the events of all runs that are watched, over one connection (GET /v1/events): in a shared worker for all tabs of the browser, or in a tab by itself.
 * Not an EventSource: it hides the status of a refusal, and would ask again for ever.
 */
export class EventHub {
  #watchers = new Set(); // { port, runId, seen }
  #url; #connection = null; #timer = 0; #failures = 0;

  /** @param {string} url of the stream, without its query */
  constructor(url) {
    this.#url = url;
  }

  /** Serves a tab. It sends { watch: runId, after }, { stop: runId } and { leave: true }. */
  attach(port) {
    port.onmessage = ({ data }) => {
      this.#remove(watcher => watcher.port === port && (data.leave || watcher.runId === (data.stop ?? data.watch)));
      if (data.watch) {
        this.#watchers.add({ port, runId: data.watch, seen: data.after });
        this.#failures = 0;
        this.#reopen(50);
      } else if (this.#watchers.size === 0) {
        this.#reopen(2000); // a reloaded page comes back
      }
    };
    port.start?.();
  }

  /** The runs of the connection, each with the last event that all its watchers have. */
  #positions() {
    const positions = new Map();
    for (const { runId, seen } of this.#watchers) {
      positions.set(runId, Math.min(seen, positions.get(runId) ?? Infinity));
    }
    // The server takes 20; the others follow when one of these ends.
    return [...positions].slice(-20);
  }

  /** Soon, so that a page that watches many runs asks once. A run that is no longer watched may stay in the stream for a while. */
  #reopen(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), delay);
  }

  async #open() {
    this.#connection?.abort();
    this.#connection = null;
    const positions = this.#positions();
    if (positions.length === 0) {
      return;
    }

    const connection = this.#connection = new AbortController();
    let delay = null;
    try {
      delay = await this.#read(positions, connection);
    } catch {
      // The server went away, or said nothing for too long.
    }
    if (connection === this.#connection && delay !== Infinity) {
      if (delay === null) {
        this.#tell({ state: "offline" });
        delay = Math.min(15000, 500 * 2 ** this.#failures++) * (1 + Math.random() / 4);
      }
      this.#reopen(delay);
    }
  }

  /** Returns after how many milliseconds to open the stream again: Infinity for never, null where it broke. */
  async #read(positions, connection) {
    let silence = 0;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => connection.abort(), 60000); // heartbeats come every 15 s
    };
    try {
      alive();
      const query = positions.map(([runId, after]) => `${runId}:${after}`).join(",");
      const response = await fetch(`${this.#url}?runs=${query}`, { headers: { Accept: "text/event-stream" }, signal: connection.signal });
      if (response.status !== 200) {
        return await this.#refused(response, positions);
      }

      this.#failures = 0;
      this.#tell({ state: "online" });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        alive();
        const messages = (text + part.value).split("\n\n");
        text = messages.pop();
        messages.filter(message => message.startsWith("data: ")).forEach(message => this.#pass(JSON.parse(message.slice(6))));
      }
      // It ends when the runs have, and when the server stops.
      return positions.every(([runId]) => ![...this.#watchers].some(watcher => watcher.runId === runId)) ? 0 : null;
    } finally {
      clearTimeout(silence);
    }
  }

  async #refused(response, positions) {
    const answer = await response.json().catch(() => ({}));
    switch (response.status) {
      case 204: // All have ended before, and their watchers have all events.
        this.#drop(positions.map(([runId]) => runId), "ended");
        return 0;
      case 401:
      case 403:
        this.#tell({ state: "signed-out" });
        return Infinity;
      case 404:
      case 422: { // A run was deleted; the message names it.
        const named = positions.map(([runId]) => runId).filter(runId => answer.message?.includes(runId));
        this.#drop(named, "gone");
        return named.length > 0 ? 0 : null;
      }
      case 429:
        this.#tell({ state: "crowded" });
        return 1000 * (Number(response.headers.get("Retry-After")) || 5);
      default:
        return null;
    }
  }

  #pass({ run_id: runId, sequence, type, data }) {
    for (const watcher of this.#watchers) {
      if (watcher.runId === runId && watcher.seen < sequence) {
        watcher.seen = sequence;
        watcher.port.postMessage({ runId, event: { type, sequence, data } });
      }
    }
    if (type === "status" && ["succeeded", "failed", "canceled"].includes(data.status_code)) {
      this.#remove(watcher => watcher.runId === runId);
    }
  }

  #drop(runIds, state) {
    for (const { port, runId } of [...this.#watchers].filter(watcher => runIds.includes(watcher.runId))) {
      port.postMessage({ runId, state });
    }
    this.#remove(watcher => runIds.includes(watcher.runId));
  }

  #tell(message) {
    new Set([...this.#watchers].map(watcher => watcher.port)).forEach(port => port.postMessage(message));
  }

  #remove(test) {
    [...this.#watchers].filter(test).forEach(watcher => this.#watchers.delete(watcher));
  }
}
