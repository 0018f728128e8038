import { api, showProblem } from "./api.js";
import { bytes, measure, refuse, typeOf } from "./media-checks.js";
import { describe, MediaView } from "./media-view.js";
import { upload } from "./upload.js";
import { ownUrl, pathUrl } from "./urls.js";

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
    this.view = new MediaView(element, this.kind, this.label);
    this.view.onDrop(file => this.take(file));
    this.pick = element.querySelector("input[type=file]");
    this.pick.addEventListener("change", () => this.pick.files[0] && this.take(this.pick.files[0]));
    this.control.addEventListener("change", () => this.set(this.control.value.trim()));
    element.querySelector("[data-remove]").addEventListener("click", () => {
      this.set(undefined);
      this.#changed();
      this.pick.focus();
    });
    if (this.control.value) {
      this.set(this.control.value);
    }
  }

  get kept() { return this.control.value || undefined; }

  // A file that waits for a session has no address yet; the code names one in its place.
  get value() { return this.control.value || (this.#file ? `https://example.com/${encodeURIComponent(this.#file.name)}` : undefined); }

  settle() { return this.#work; }

  accepts(file) { return typeOf(file).startsWith(`${this.kind}/`); }

  /** Takes an address. A photograph that comes with the server is uploaded like a file: runs do not fetch from their own server's pages. */
  set(url) {
    const signal = this.#clear();
    this.control.value = url ?? "";
    if (!url) {
      return;
    }
    const own = ownUrl(url);
    if (this.isSignedIn && own.startsWith(pathUrl("/playground/pictures/"))) {
      this.#work = this.#takeOwn(own, signal);
    } else if (own.startsWith("/")) {
      this.#showOwn(own, signal);
    } else if (url.startsWith("runflow://assets/")) {
      this.#showAsset(url, signal);
    } else {
      this.view.show(null, /^https?:/.test(url) ? "Checked when the run starts." : "");
    }
  }

  /** Takes a file: checks it, shows it and uploads it. */
  take(file) {
    const signal = this.#clear();
    this.control.value = "";
    this.#work = this.#receive(file, signal);
    return this.#work;
  }

  async #receive(file, signal) {
    const url = URL.createObjectURL(file);
    const facts = await measure(this.kind, url);
    if (signal.aborted) {
      URL.revokeObjectURL(url);
      return false;
    }
    const problem = refuse(this.limits, file, facts, this.uploadLimit);
    this.view.show(url, describe(file, facts) + (this.isSignedIn ? "" : " · Choose it again once you have signed in."));
    this.say(problem);
    if (problem) {
      return false;
    }
    this.#file = file;
    this.#changed();
    return this.isSignedIn ? this.#upload(file, signal) : true;
  }

  async #upload(file, signal) {
    try {
      const id = await upload(file, typeOf(file), part => signal.aborted || this.view.progress(part), signal);
      this.control.value = `runflow://assets/${id}`;
      this.#file = null;
      this.#changed();
      return true;
    } catch (error) {
      if (!signal.aborted) {
        this.view.progress(1);
        this.say("The upload failed.");
        showProblem(this.element.querySelector(":scope > .problem"), error);
      }
      return false;
    }
  }

  async #takeOwn(url, signal) {
    this.view.show(url, "");
    const name = decodeURIComponent(new URL(url, location.href).pathname.split("/").pop());
    const blob = await fetch(url, { signal }).then(answer => answer.blob(), () => null);
    return blob && !signal.aborted ? this.#receive(new File([blob], name, { type: blob.type }), signal) : false;
  }

  async #showOwn(url, signal) {
    const facts = await measure(this.kind, url);
    if (!signal.aborted) {
      this.view.show(url, describe(null, facts));
    }
  }

  async #showAsset(reference, signal) {
    this.view.show(null, "Uploaded.");
    try {
      const asset = this.isSignedIn ? await api(`/v1/assets/${reference.split("/").pop()}`, { signal }) : null;
      if (asset) {
        this.view.show(ownUrl(asset.url), [asset.name, bytes(asset.size_bytes)].filter(Boolean).join(" · "));
      }
    } catch (error) {
      if (error.status === 404) {
        this.say("This file is no longer there. Choose another.");
      }
    }
  }

  /** Ends what the last medium still did. Returns the signal of the next one. */
  #clear() {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#work = Promise.resolve(true);
    this.#file = null;
    this.pick.value = "";
    this.say("");
    this.view.clear();
    return this.#stop.signal;
  }

  #changed() { this.control.dispatchEvent(new Event("input", { bubbles: true })); }
};
