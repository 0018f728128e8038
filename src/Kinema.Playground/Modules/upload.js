import { api, ApiError } from "./api.js";
import { ownUrl } from "./urls.js";

const longestName = 500;

/**
 * Uploads a file in the three steps of the API.
 * @param {(part: number) => void} onProgress gets the part that has been sent, 0 to 1
 * @returns {Promise<string>} the asset's id
 * @throws {ApiError}
 */
export async function upload(file, type, onProgress, signal) {
  const body = { filename: file.name.slice(-longestName), mime_type: type, size_bytes: file.size };
  const announced = await api("/v1/asset-uploads", { method: "POST", body, signal });
  await put(ownUrl(announced.upload_url), file, type, onProgress, signal);
  await api(`/v1/asset-uploads/${announced.asset_id}/confirmations`, { method: "POST", body: {}, signal });
  return announced.asset_id;
}

// Not fetch, which does not say how much was sent.
function put(url, file, type, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", event => onProgress(event.loaded / event.total));
    request.addEventListener("load", () => request.status < 300 ? resolve() : reject(new ApiError(request.status, read(request.responseText))));
    request.addEventListener("error", () => reject(new ApiError(0)));
    request.addEventListener("abort", () => reject(new DOMException("The upload was stopped.", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", type);
    request.send(file);
  });
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
