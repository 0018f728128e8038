import { api } from "./api.js";

const longestPause = 15;

/** Creates a run of a model. */
export const createRun = (slug, body, onWait) => create(`/v1/models/${slug}/runs`, body, onWait);

/** Creates a run with the input of one that failed or was canceled. */
export const retryRun = (runId, onWait) => create(`/v1/runs/${runId}/retries`, {}, onWait);

/**
 * Where the answer is lost, the request is sent again under the same key, which makes no second run.
 * @param {(again: boolean) => void} onWait says whether it waits for the server
 */
async function create(path, body, onWait) {
  const headers = { "Idempotency-Key": newKey() };
  for (let tries = 0; ; tries++) {
    try {
      const run = await api(path, { method: "POST", body, headers });
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
