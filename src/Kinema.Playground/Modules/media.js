import { api, showProblem } from "./api.js";
import { bytes, measure, refuse, typeOf } from "./media-checks.js";
import { upload } from "./upload.js";
import { ownUrl, pathUrl } from "./urls.js";

const elements = { image: "img", video: "video", audio: "audio" };

/** A picture, a clip or a sound: dropped, pasted, chosen, or given by its URL. What is given as a file is uploaded at once. */
export const MediaField = Field => class extends Field {
  #file = null;
  #work = Promise.resolve(true);
  #stop = new AbortController();

  constructor(element) {
    super(element);
    this.limits = JSON.parse(element.dataset.media);
    this.kind = this.limits.content_types[0].split("/")[0];
    const form = element.closest("form");
    this.isSignedIn = form.dataset.signedIn === "true";
    this.uploadLimit = Number(form.dataset.uploadLimit);
    this.shown = element.querySelector(".shown");
    this.pick = element.querySelector("input[type=file]");
    this.pick.addEventListener("change", () => this.pick.files[0] && this.take(this.pick.files[0]));
    this.control.addEventListener("change", () => this.set(this.control.value.trim()));
    element.querySelector("[data-remove]").addEventListener("click", () => {
      this.set(undefined);
      this.#changed();
      this.pick.focus();
    });
    this.#acceptDrops(element.querySelector(".drop"));
    if (this.control.value) {
      this.set(this.control.value);
    }
  }

  get kept() { return this.control.value || undefined; }

  // A file that waits for a session has no address yet; the code names one in its place.
  get value() { return this.control.value || (this.#file ? `https://example.com/${encodeURIComponent(this.#file.name)}` : undefined); }

  settle() { return this.#work; }

  accepts(file) { return typeOf(file).startsWith(`${this.kind}/`); }

  /** Takes an address. A photograph that comes with the server is uploaded like a file: runs cannot fetch from their own server. */
  set(url) {
    this.#clear();
    this.control.value = url ?? "";
    if (!url) {
      return;
    }
    const own = ownUrl(url);
    if (this.isSignedIn && own.startsWith(pathUrl("/playground/pictures/"))) {
      this.#work = this.#takeOwn(own);
    } else if (own.startsWith("/")) {
      this.#showOwn(own);
    } else if (url.startsWith("runflow://assets/")) {
      this.#showAsset(url);
    } else {
      this.#show(null, /^https?:/.test(url) ? "Checked when the run starts." : "");
    }
  }

  /** Takes a file: checks it, shows it and uploads it. */
  take(file) {
    this.#clear();
    this.control.value = "";
    this.#work = this.#receive(file, this.#stop.signal);
    return this.#work;
  }

  async #receive(file, signal) {
    const url = URL.createObjectURL(file);
    const facts = await measure(this.kind, url);
    if (signal.aborted) {
      return false;
    }
    const problem = refuse(this.limits, file, facts, this.uploadLimit);
    this.#show(url, describe(file, facts));
    this.say(problem);
    if (problem) {
      return false;
    }
    this.#file = file;
    this.#changed();
    return this.isSignedIn ? this.#upload(file, signal) : true;
  }

  async #upload(file, signal) {
    const bar = this.element.querySelector("progress");
    bar.hidden = false;
    try {
      const id = await upload(file, typeOf(file), part => { bar.value = part; }, signal);
      this.control.value = `runflow://assets/${id}`;
      this.#file = null;
      this.#changed();
      return true;
    } catch (error) {
      if (!signal.aborted) {
        this.say("The upload failed.");
        showProblem(this.element.querySelector(":scope > .problem"), error);
      }
      return false;
    } finally {
      bar.hidden = true;
    }
  }

  async #takeOwn(url) {
    const { signal } = this.#stop;
    this.#show(url, "");
    const name = decodeURIComponent(new URL(url, location.href).pathname.split("/").pop());
    const blob = await fetch(url, { signal }).then(answer => answer.blob(), () => null);
    if (signal.aborted || !blob) {
      return false;
    }
    return this.#receive(new File([blob], name, { type: blob.type }), signal);
  }

  async #showOwn(url) {
    const { signal } = this.#stop;
    const facts = await measure(this.kind, url);
    if (!signal.aborted) {
      this.#show(url, describe(null, facts));
    }
  }

  async #showAsset(reference) {
    const { signal } = this.#stop;
    this.#show(null, "Uploaded.");
    try {
      const asset = this.isSignedIn ? await api(`/v1/assets/${reference.split("/").pop()}`, { signal }) : null;
      if (asset) {
        this.#show(ownUrl(asset.url), [asset.name, bytes(asset.size_bytes)].filter(Boolean).join(" · "));
      }
    } catch (error) {
      if (!signal.aborted && error.status === 404) {
        this.say("This file is no longer there. Choose another.");
      }
    }
  }

  #show(url, about) {
    this.shown.hidden = false;
    this.element.querySelector(".pick").classList.add("unseen");
    this.shown.querySelector(".about").textContent = about;
    const view = this.shown.querySelector(".view");
    view.replaceChildren();
    if (url) {
      const seen = document.createElement(elements[this.kind]);
      seen.src = url;
      this.kind === "image" ? seen.alt = `${this.label}, as chosen` : Object.assign(seen, { controls: true, preload: "metadata", playsInline: true });
      seen.addEventListener("error", () => seen.remove());
      view.append(seen);
    }
  }

  #clear() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#work = Promise.resolve(true);
    this.#file = null;
    this.pick.value = "";
    this.say("");
    this.shown.hidden = true;
    this.element.querySelector(".pick").classList.remove("unseen");
    const seen = this.shown.querySelector("[src^='blob:']");
    if (seen) {
      URL.revokeObjectURL(seen.src);
    }
  }

  #acceptDrops(zone) {
    for (const type of ["dragenter", "dragover"]) {
      zone.addEventListener(type, event => {
        event.preventDefault();
        zone.classList.add("over");
      });
    }
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", event => {
      event.preventDefault();
      zone.classList.remove("over");
      const [file] = event.dataTransfer.files;
      if (file) {
        this.take(file);
      }
    });
  }

  #changed() { this.control.dispatchEvent(new Event("input", { bubbles: true })); }
};

function describe(file, facts) {
  return [
    file?.name,
    facts?.width ? `${facts.width} × ${facts.height}` : "",
    facts?.seconds ? `${facts.seconds.toFixed(1)} s` : "",
    file ? bytes(file.size) : "",
  ].filter(Boolean).join(" · ");
}
