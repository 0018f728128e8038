import { EventHub } from "./event-hub.js";
import { pathUrl } from "./urls.js";

const watched = new Map(); // runId → { seen, listeners }
let port = null;

/**
 * Follows a run, over the one connection that all tabs of the browser share.
 * @param {string} runId
 * @param {number} after sequence of the last event that the page shows
 * @param {(event: { type: string, sequence?: number, data: any }) => void} onEvent gets the run's events in order, and events of type "connection" whose data
 *   is "online", "offline", "crowded" (no stream is free), "signed-out", "ended" (before this page asked) or "gone" (the run was deleted)
 * @returns {() => void} stops it
 */
export function watch(runId, after, onEvent) {
  let run = watched.get(runId);
  if (!run || after < run.seen) {
    run = { seen: after, listeners: run?.listeners ?? new Map() };
    watched.set(runId, run);
    send({ watch: runId, after });
  }
  run.listeners.set(onEvent, after);
  return () => {
    if (run.listeners.delete(onEvent) && run.listeners.size === 0 && watched.delete(runId)) {
      send({ stop: runId });
    }
  };
}

function receive({ data: { runId, event, state } }) {
  for (const [id, run] of runId ? [[runId, watched.get(runId)]] : watched) {
    if (run && event) {
      run.seen = Math.max(run.seen, event.sequence);
    }
    for (const [listener, seen] of run?.listeners ?? []) {
      if (!event) {
        listener({ type: "connection", data: state });
      } else if (event.sequence > seen) {
        run.listeners.set(listener, event.sequence);
        listener(event);
      }
    }
    if (state === "ended" || state === "gone") {
      watched.delete(id);
    }
  }
}

function send(message) {
  port ??= connect();
  port.postMessage(message);
}

function connect() {
  const url = new URL(pathUrl("/v1/events"), location.href).href;
  try {
    const worker = new SharedWorker(new URL("./events-worker.js", import.meta.url), { type: "module", name: url });
    worker.onerror = () => fallBack(url);
    worker.port.onmessage = receive;
    return worker.port;
  } catch {
    return alone(url);
  }
}

/** The same in this tab, where the browser has no shared workers. */
function alone(url) {
  const { port1, port2 } = new MessageChannel();
  new EventHub(url).attach(port2);
  port1.onmessage = receive;
  return port1;
}

function fallBack(url) {
  port = alone(url);
  watched.forEach((run, runId) => port.postMessage({ watch: runId, after: run.seen }));
}

// A tab that is left behind, or kept for the way back, holds nothing open.
addEventListener("pagehide", () => port?.postMessage({ leave: true }));
addEventListener("pageshow", ({ persisted }) => persisted && watched.forEach((run, runId) => send({ watch: runId, after: run.seen })));
