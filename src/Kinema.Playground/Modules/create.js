import { api } from "./api.js";

const longestPause = 15;

/**
 * Creates a run. Where the answer is lost, the request is sent again under the same key, which makes no second run.
 * @param {(again: boolean) => void} onWait says whether it waits for the server
 */
export async function createRun(slug, body, onWait, signal) {
  const headers = { "Idempotency-Key": newKey() };
  for (let tries = 0; ; tries++) {
    try {
      const run = await api(`/v1/models/${slug}/runs`, { method: "POST", body, headers, signal });
      onWait(false);
      return run;
    } catch (error) {
      const isLost = error.status === 0 || error.status === 502 || error.status === 504;
      if (!isLost && !(error.status === 409 && error.retryAfter > 0)) {
        onWait(false);
        throw error;
      }
      onWait(true);
      await new Promise(resolve => setTimeout(resolve, 1000 * (error.retryAfter || Math.min(longestPause, 2 ** tries))));
    }
  }
}

// crypto.randomUUID is missing where a page is open over plain http from another machine.
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
}
