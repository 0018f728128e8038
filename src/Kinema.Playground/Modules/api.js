import { ownPath, pathUrl } from "./urls.js";

/** What the API refused, in its own words; or that it does not answer (status 0). */
export class ApiError extends Error {
  constructor(status, { code = "", message, errors = [] } = {}, retryAfter = 0) {
    super(message ?? (status ? `The server answered ${status}.` : "The server does not answer."));
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    /** One for each wrong value: { loc: ["body", "input", "duration"], msg, type }. */
    this.errors = errors;
    /** Seconds after which another try makes sense; 0 where the server does not say. */
    this.retryAfter = retryAfter;
    /** Where to sign in again; null where that does not help. */
    this.signIn = status === 401 ? pathUrl(`/sign-in?return=${encodeURIComponent(ownPath())}`) : null;
  }
}

/**
 * Calls the API with the visitor's session.
 * @param {string} path such as "/v1/runs"
 * @param {{ method?: string, body?: unknown, headers?: Record<string, string>, signal?: AbortSignal }} [options] the body is sent as JSON
 * @returns {Promise<any>} the answer's JSON; null where it has none
 * @throws {ApiError}
 */
export async function api(path, { method = "GET", body, headers = {}, signal } = {}) {
  const sent = { Accept: "application/json", ...headers };
  if (method !== "GET") {
    sent["Kinema-Source"] = "playground";
  }
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
  }

  let response, text;
  try {
    response = await fetch(pathUrl(path), { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body), signal });
    text = await response.text();
  } catch (error) {
    throw error.name === "AbortError" ? error : new ApiError(0);
  }

  const answer = read(text);
  if (!response.ok) {
    throw new ApiError(response.status, answer ?? {}, Number(response.headers.get("Retry-After")) || 0);
  }
  return answer;
}

/** Says in an element what went wrong, with the way to sign in where the session is over. Null empties it. */
export function showProblem(element, error) {
  element.replaceChildren();
  element.hidden = !error;
  if (!error) {
    return;
  }
  element.append(error.signIn ? "Your session is over. " : error.status === 0 ? "The server does not answer. Try again in a moment." : error.message);
  if (error.signIn) {
    const link = document.createElement("a");
    link.href = error.signIn;
    link.textContent = "Sign in again";
    element.append(link);
  }
}

// A proxy in between may answer with something else than JSON.
function read(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
