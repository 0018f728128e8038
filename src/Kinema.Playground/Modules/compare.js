import { button, seekToFrame } from "./player.js";

const play = "M5 3l12 7-12 7z", pause = "M5 3h4v14H5zM11 3h4v14h-4z";

/** <kinema-compare fps="24">: two videos in sync, under one set of controls, side by side or with a border that wipes from one to the other. */
class Compare extends HTMLElement {
  #videos; #leader; #fps; #bar; #time; #toggle; #wipe;

  connectedCallback() {
    if (this.#videos) {
      return;
    }
    this.#videos = [...this.querySelectorAll("video")];
    this.#fps = Number(this.getAttribute("fps")) || 24;
    this.#leader = this.#videos[0];
    this.#addControls();
    for (const video of this.#videos) {
      video.controls = false;
      video.addEventListener("loadedmetadata", () => this.#measure());
    }
    this.#measure();
    this.addEventListener("keydown", event => this.#key(event));
    this.#follow();
  }

  #addControls() {
    const controls = Object.assign(document.createElement("div"), { className: "controls" });
    this.#toggle = button("Play", play, () => this.#playOrPause());
    this.#bar = range("Position", 0, 1, 0, () => this.#seek(Number(this.#bar.value), true));
    this.#time = document.createElement("output");
    controls.append(
      this.#toggle, button("Previous frame", "M13 4 6 10l7 6zM4 4h2v12H4z", () => this.#step(-1)), this.#bar,
      button("Next frame", "m7 4 7 6-7 6zM14 4h2v12h-2z", () => this.#step(1)), this.#time);

    const modes = Object.assign(document.createElement("div"), { className: "controls" });
    const beside = Object.assign(document.createElement("button"), { type: "button", textContent: "Side by side", ariaPressed: "true" });
    const wiped = Object.assign(document.createElement("button"), { type: "button", textContent: "Wipe", ariaPressed: "false" });
    this.#wipe = range("Border between A and B", 0, 100, 50, () => this.#cut());
    this.#wipe.hidden = true;
    const show = wipe => {
      this.classList.toggle("wipe", wipe);
      wiped.ariaPressed = String(wipe);
      beside.ariaPressed = String(!wipe);
      this.#wipe.hidden = !wipe;
      this.#cut();
    };
    beside.addEventListener("click", () => show(false));
    wiped.addEventListener("click", () => show(true));
    modes.append(beside, wiped, this.#wipe);
    this.append(controls, modes);
  }

  /** B lies over A and is cut off left of the border. */
  #cut() {
    this.#videos[1].style.clipPath = this.classList.contains("wipe") ? `inset(0 0 0 ${this.#wipe.value}%)` : "";
  }

  /** The longer one leads; the other stays at its end. */
  #measure() {
    const [a, b] = this.#videos;
    this.#leader = (b.duration || 0) > (a.duration || 0) ? b : a;
    this.#bar.max = this.#length;
    this.#bar.step = 1 / this.#fps;
    this.#show();
  }

  get #length() { return this.#leader.duration || 0; }

  #playOrPause() {
    if (this.#leader.paused) {
      this.#videos.forEach(video => video.play().catch(() => {}));
    } else {
      this.#videos.forEach(video => video.pause());
    }
    this.#show();
  }

  #step(by) {
    const last = Math.round(this.#length * this.#fps) - 1;
    const frame = Math.floor(this.#leader.currentTime * this.#fps + 1e-3) + by;
    this.#seek(Math.min(last, Math.max(0, frame)) / this.#fps, true);
  }

  #seek(time, stop) {
    for (const video of this.#videos) {
      if (stop) {
        video.pause();
      }
      const last = Math.max(0, Math.round((video.duration || 0) * this.#fps) - 1);
      seekToFrame(video, Math.min(last, Math.floor(time * this.#fps + 1e-3)), this.#fps);
    }
    this.#show();
  }

  #follow() {
    const tick = () => {
      if (!this.isConnected) {
        return;
      }
      if (this.#leader.ended) {
        this.#seek(0, false);
        this.#videos.forEach(video => video.play().catch(() => {}));
      }
      if (!this.#leader.paused) {
        const other = this.#videos.find(video => video !== this.#leader);
        const time = Math.min(this.#leader.currentTime, other.duration || 0);
        if (Math.abs(other.currentTime - time) > 1.5 / this.#fps && !other.seeking) {
          other.currentTime = time;
        }
        this.#show();
      }
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  #show() {
    const time = this.#leader.currentTime;
    this.#bar.value = time;
    this.#time.textContent = `Frame ${Math.floor(time * this.#fps + 1e-3) + 1} of ${Math.round(this.#length * this.#fps)}`;
    const label = this.#leader.paused ? "Play" : "Pause";
    if (this.#toggle.title !== label) {
      this.#toggle.title = this.#toggle.ariaLabel = label;
      this.#toggle.querySelector("path").setAttribute("d", this.#leader.paused ? play : pause);
    }
  }

  #key(event) {
    const step = { ",": -1, ".": 1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#step(step);
    }
  }
}

function range(label, min, max, value, onInput) {
  const made = Object.assign(document.createElement("input"), { type: "range", min, max, step: "any", value });
  made.setAttribute("aria-label", label);
  made.addEventListener("input", onInput);
  return made;
}

customElements.define("kinema-compare", Compare);
