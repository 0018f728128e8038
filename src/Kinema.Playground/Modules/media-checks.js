// What browsers call a type, where they differ from the manifests; and the types of files for which they know none.
const names = { "image/jpg": "image/jpeg", "image/x-ms-bmp": "image/bmp", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "audio/vnd.wave": "audio/wav", "audio/mp3": "audio/mpeg" };
const endings = { mov: "video/quicktime", mp4: "video/mp4", wav: "audio/wav", mp3: "audio/mpeg", bmp: "image/bmp", webp: "image/webp", jpg: "image/jpeg", jpeg: "image/jpeg", png: "image/png" };

export const typeOf = file => names[file.type] ?? (file.type || endings[file.name.split(".").pop().toLowerCase()] || "");

export const bytes = count => count === null || count === undefined ? "" : count < 1e6 ? `${Math.max(1, Math.round(count / 1e3))} KB` : `${(count / 1e6).toFixed(1)} MB`;

/**
 * Loads a medium as far as its size and length are known.
 * @returns {Promise<{ width?: number, height?: number, seconds?: number } | null>} null where the browser cannot show it, which says nothing about the server
 */
export function measure(kind, url) {
  return new Promise(resolve => {
    if (kind === "image") {
      const image = new Image();
      image.addEventListener("load", () => resolve({ width: image.naturalWidth, height: image.naturalHeight }));
      image.addEventListener("error", () => resolve(null));
      image.src = url;
      return;
    }
    const medium = document.createElement(kind);
    medium.preload = "metadata";
    medium.addEventListener("loadedmetadata", () => resolve({
      width: medium.videoWidth, height: medium.videoHeight, seconds: Number.isFinite(medium.duration) ? medium.duration : undefined,
    }));
    medium.addEventListener("error", () => resolve(null));
    medium.src = url;
  });
}

/** What the manifest's limits say against a file, in words; "" where nothing. The server decides in the end, by the content. */
export function refuse(limits, file, facts, uploadLimit) {
  const type = typeOf(file);
  if (!limits.content_types.includes(type)) {
    return `The file must be one of ${limits.content_types.map(name => name.split("/")[1].toUpperCase()).join(", ")}; this one is ${type || "of an unknown type"}.`;
  }
  if (file.size > limits.max_bytes) {
    return `The file may have ${bytes(limits.max_bytes)}; it has ${bytes(file.size)}.`;
  }
  if (file.size > uploadLimit) {
    return `This server takes uploads of up to ${bytes(uploadLimit)}; the file has ${bytes(file.size)}. Give its URL instead.`;
  }
  return facts ? refuseFacts(limits, facts) : "";
}

function refuseFacts({ min_side, max_side, max_pixels, max_aspect_ratio, min_seconds, max_seconds }, { width, height, seconds }) {
  if (width) {
    const [short, long] = [Math.min(width, height), Math.max(width, height)];
    if (min_side && short < min_side) {
      return `Each side must have at least ${min_side} pixels; this has ${width} × ${height}.`;
    }
    if (max_side && long > max_side) {
      return `Each side may have ${max_side} pixels; this has ${width} × ${height}.`;
    }
    if (max_pixels && width * height > max_pixels) {
      return `It may have ${max_pixels / 1e6} megapixels; this has ${(width * height / 1e6).toFixed(1)}.`;
    }
    if (max_aspect_ratio && long / short > max_aspect_ratio) {
      return `The longer side may be ${max_aspect_ratio} times the shorter one; this has ${width} × ${height}.`;
    }
  }
  // A header's length is not the exact one, so a tenth of a second is not worth a refusal.
  if (min_seconds && seconds < min_seconds - 0.1) {
    return `It must last at least ${min_seconds} s; this lasts ${seconds.toFixed(1)} s.`;
  }
  return max_seconds && seconds > max_seconds + 0.1 ? `It may last ${max_seconds} s; this lasts ${seconds.toFixed(1)} s.` : "";
}
