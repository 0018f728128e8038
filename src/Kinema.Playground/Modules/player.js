/**
 * <kinema-player fps="24" frames="120"> around a <video>: plays it silently at once, unless motion is to be reduced, and steps through its frames by buttons and by
 * the keys "," and ".".
 */
class Player extends HTMLElement {
  #video; #output; #fps; #frames; #shown = 0;

  connectedCallback() {
    this.#video = this.querySelector("video");
    this.#fps = Number(this.getAttribute("fps"));
    if (this.#output || !this.#video || !this.#fps) {
      return;
    }

    this.#frames = Number(this.getAttribute("frames"));
    this.#addControls();
    this.addEventListener("keydown", event => {
      const step = { ",": -1, ".": 1 }[event.key];
      if (step && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        this.#step(step);
      }
    });
    this.#video.addEventListener("seeked", () => this.#show(Math.floor(this.#video.currentTime * this.#fps)));
    this.#follow();
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#video.muted = true;
      this.#video.play().catch(() => {}); // the browser may not let it
    }
  }

  #addControls() {
    const bar = document.createElement("div");
    bar.className = "frames";
    this.#output = document.createElement("output");
    const back = button("Previous frame", "M13 4 6 10l7 6zM4 4h2v12H4z", () => this.#step(-1));
    const forth = button("Next frame", "m7 4 7 6-7 6zM14 4h2v12h-2z", () => this.#step(1));
    bar.append(back, this.#output, forth);
    this.append(bar);
    this.#show(0);
  }

  #step(by) {
    this.#video.pause();
    const last = (this.#frames || Math.round(this.#video.duration * this.#fps)) - 1;
    const frame = Math.min(last, Math.max(0, Math.floor(this.#video.currentTime * this.#fps + 1e-3) + by));
    seekToFrame(this.#video, frame, this.#fps);
    this.#show(frame);
  }

  #show(frame) {
    this.#shown = frame;
    this.#output.textContent = `Frame ${frame + 1}${this.#frames ? ` of ${this.#frames}` : ""}`;
  }

  /** Shows the number of each frame as it is shown. The first report after loading may be of frame 0, whatever the time. */
  #follow() {
    const video = this.#video;
    if (!video.requestVideoFrameCallback) {
      video.addEventListener("timeupdate", () => this.#show(Math.floor(video.currentTime * this.#fps)));
      return;
    }

    const next = (_, { mediaTime }) => {
      const frame = Math.round(mediaTime * this.#fps);
      if (!video.paused && (frame > 0 || this.#shown > 1)) {
        this.#show(frame);
      }
      if (this.isConnected) {
        video.requestVideoFrameCallback(next);
      }
    };
    video.requestVideoFrameCallback(next);
  }
}

/** A frame's middle: browsers show the frame before for some of the times at which frames begin. */
export function seekToFrame(video, frame, fps) {
  video.currentTime = (frame + 0.5) / fps;
}

/** A button with a picture. */
export function button(label, path, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.title = label;
  made.setAttribute("aria-label", label);
  made.innerHTML = `<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="${path}" fill="currentColor"></path></svg>`;
  made.addEventListener("click", onClick);
  return made;
}

customElements.define("kinema-player", Player);
