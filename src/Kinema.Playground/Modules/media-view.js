import { bytes } from "./media-checks.js";

const elements = { image: "img", video: "video", audio: "audio" };

/** What a media field shows of its medium: the picture or a player, what is known of it, and how far its upload is. */
export class MediaView {
  #element;
  #kind;
  #label;

  constructor(element, kind, label) {
    [this.#element, this.#kind, this.#label] = [element, kind, label];
    this.shown = element.querySelector(".shown");
    this.pick = element.querySelector(".pick");
    this.bar = element.querySelector("progress");
  }

  /** @param {string | null} url null where the page may not or cannot show it */
  show(url, about) {
    this.shown.hidden = false;
    this.pick.classList.add("unseen");
    this.shown.querySelector(".about").textContent = about;
    const view = this.shown.querySelector(".view");
    view.replaceChildren();
    if (url) {
      const seen = document.createElement(elements[this.#kind]);
      seen.src = url;
      this.#kind === "image" ? seen.alt = `${this.#label}, as chosen` : Object.assign(seen, { controls: true, preload: "metadata", playsInline: true });
      seen.addEventListener("error", () => seen.remove());
      view.append(seen);
    }
  }

  clear() {
    this.shown.hidden = true;
    this.bar.hidden = true;
    this.pick.classList.remove("unseen");
    const seen = this.shown.querySelector("[src]");
    if (seen?.src.startsWith("blob:")) {
      URL.revokeObjectURL(seen.src);
    }
    seen?.remove();
  }

  /** @param {number} part sent, 0 to 1; 1 ends it */
  progress(part) {
    this.bar.hidden = part >= 1;
    this.bar.value = part;
  }

  /** Takes files that are dropped on the field. */
  onDrop(take) {
    const zone = this.#element.querySelector(".drop");
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
        take(file);
      }
    });
  }
}

/** "cat.png · 451 × 300 · 240 KB" */
export const describe = (file, facts) => [
  file?.name,
  facts?.width ? `${facts.width} × ${facts.height}` : "",
  facts?.seconds ? `${facts.seconds.toFixed(1)} s` : "",
  file ? bytes(file.size) : "",
].filter(Boolean).join(" · ");
