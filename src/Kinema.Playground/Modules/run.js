import "./player.js";
import { ApiError, api, showProblem } from "./api.js";
import { watch } from "./events.js";
import { pathUrl } from "./urls.js";

const ended = ["succeeded", "failed", "canceled"];

/**
 * <kinema-run run-id="…" status="…" after="…"> makes the panel that the server rendered inside it live. Where the status changes it takes the panel from the run's
 * page again, so that what it shows is what a reload would show. Empty, it does so at once.
 */
class RunElement extends HTMLElement {
  #stop = null; #timers = []; #said = ""; #announce = null; #refreshing = null; #shownAt = 0; #offline = false;

  get runId() { return this.getAttribute("run-id"); }
  get page() { return this.getAttribute("page") ?? pathUrl(`/runs/${this.runId}`); }
  get #isOpen() { return !ended.includes(this.getAttribute("status")); }

  async connectedCallback() {
    if (!this.#announce) {
      this.#announce = document.createElement("p");
      this.#announce.className = "unseen";
      this.#announce.setAttribute("role", "status");
      this.addEventListener("submit", event => this.#submit(event));
      this.addEventListener("click", event => this.#copy(event));
    }
    this.append(this.#announce);
    this.#prepare();
    if (!this.hasAttribute("status")) {
      await this.#load().catch(() => {});
    }
    if (this.#isOpen && this.isConnected && !this.#stop) {
      this.#stop = watch(this.runId, Number(this.getAttribute("after") ?? 0), event => this.#receive(event));
      this.#timers = [setInterval(() => this.#tick(), 1000), setInterval(() => this.#look(), 5000)];
    }
  }

  disconnectedCallback() {
    this.#stop?.();
    this.#timers.forEach(clearInterval);
    this.#stop = null;
  }

  #part(name) { return this.querySelector(`[data-part=${name}]`); }

  #prepare() {
    this.#shownAt = performance.now();
    const copy = this.#part("copy");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
    }
  }

  #receive({ type, sequence, data }) {
    switch (type) {
      case "status":
        this.#refresh();
        break;
      case "progress":
        this.#showProgress(data);
        break;
      case "preview":
        this.#showPreview(`${pathUrl(data.url)}?n=${sequence}`);
        break;
      case "log":
        this.#appendLog(data);
        break;
      case "connection":
        this.#showConnection(data);
        break;
    }
  }

  #showProgress({ stage, done, total }) {
    const bar = this.#part("progress");
    if (bar) {
      bar.max = total || 1;
      bar.value = done;
      this.#part("says").textContent = stage === "inference" ? `Frame ${done} of ${total}` : `${stage}: step ${done} of ${total}`;
    }
  }

  #showPreview(url) {
    let picture = this.#part("preview");
    if (!picture) {
      const bar = this.#part("progress");
      if (!bar) {
        return;
      }
      picture = Object.assign(document.createElement("img"), { className: "preview", alt: "Preview of the video" });
      picture.dataset.part = "preview";
      bar.before(picture);
    }
    picture.src = url;
  }

  #appendLog({ level, message }) {
    const list = document.querySelector("#run-history ol.log");
    if (list) {
      const line = document.createElement("li");
      line.append(Object.assign(document.createElement("span"), { className: "level", textContent: level }), ` ${message}`);
      list.append(line);
    }
  }

  #showConnection(state) {
    const offline = state === "offline";
    if (state === "signed-out") {
      this.#askToSignIn();
    } else if (state === "gone" || state === "ended" || (this.#offline && !offline)) {
      this.#refresh();
    }
    this.#offline = offline;
    this.toggleAttribute("offline", offline);
    const problem = this.#part("problem");
    if (offline && problem) {
      problem.hidden = false;
      problem.textContent = "The server does not answer; trying again …";
    } else if (state === "online" && problem) {
      showProblem(problem, null);
    }
  }

  #askToSignIn() {
    const problem = this.#part("problem");
    if (problem) {
      showProblem(problem, new ApiError(401));
    }
  }

  /** Takes the panel, and what the page shows beside it, from the server; again where that fails. */
  #refresh() {
    this.#refreshing ??= this.#load().then(
      () => { this.#refreshing = null; },
      () => setTimeout(() => {
        this.#refreshing = null;
        if (this.isConnected) {
          this.#refresh();
        }
      }, 3000));
  }

  async #load() {
    // A status that comes in the meantime is in the page, or comes again.
    await new Promise(resolve => setTimeout(resolve, 50));
    const response = await fetch(this.page, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const panel = fresh.querySelector("kinema-run");
    if (response.redirected) {
      this.#askToSignIn();
    }
    if (response.status === 404) {
      this.querySelector(".run")?.replaceChildren("This run was deleted.");
      this.disconnectedCallback();
    }
    if (!panel || panel.getAttribute("run-id") !== this.runId) {
      return;
    }

    const focus = this.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    this.setAttribute("status", panel.getAttribute("status"));
    this.setAttribute("after", panel.getAttribute("after"));
    this.replaceChildren(...[...panel.children].map(child => document.importNode(child, true)), this.#announce);
    if (focus) {
      (this.querySelector(`[data-focus=${focus}]`) ?? this.querySelector("a")).focus();
    }
    for (const part of document.querySelectorAll("[data-run-part]")) {
      const other = fresh.getElementById(part.id);
      if (other && !part.contains(document.activeElement)) {
        part.replaceChildren(...[...other.childNodes].map(child => document.importNode(child, true)));
      }
    }
    this.#prepare();
    this.#say();
    if (!this.#isOpen) {
      this.disconnectedCallback();
      this.dispatchEvent(new CustomEvent("kinema-run-ended", { bubbles: true, detail: { runId: this.runId, status: this.getAttribute("status") } }));
    }
  }

  /** A screen reader hears each status, not each frame. */
  #say() {
    const text = `${this.querySelector(".status")?.textContent}. ${this.getAttribute("status") === "running" ? "" : this.#part("says")?.textContent}`;
    if (text !== this.#said) {
      this.#said = this.#announce.textContent = text;
    }
  }

  #tick() {
    const passed = performance.now() - this.#shownAt;
    const elapsed = this.#part("elapsed");
    if (elapsed && !this.#offline) {
      elapsed.textContent = inWords(Number(elapsed.dataset.elapsed) + passed);
    }
    const left = this.#part("left");
    if (left) {
      const rest = Number(left.dataset.left) - passed;
      left.parentElement.hidden = rest < 1000; // longer than estimated: no estimate
      left.textContent = inWords(rest);
    }
  }

  /** The place in the queue changes by what happens to other runs. */
  #look() {
    if (this.getAttribute("status") === "queued" && !document.hidden && !this.#offline) {
      this.#refresh();
    }
  }

  async #submit(event) {
    const form = event.target;
    const problem = this.#part("problem");
    event.preventDefault();
    try {
      if (form.dataset.part === "cancel") {
        await api(`/v1/runs/${this.runId}/cancellation`, { method: "POST", body: {} });
      } else {
        const value = { true: true, false: false }[event.submitter.value] ?? null;
        await api(`/v1/runs/${this.runId}/feedback`, { method: "PATCH", body: { is_positive: value } });
      }
      showProblem(problem, null);
      if (form.dataset.part === "verdict") {
        this.#press(form, event.submitter);
      } else {
        this.#refresh();
      }
    } catch (error) {
      showProblem(problem, error);
    }
  }

  /** As the server would render it; the video goes on. */
  #press(form, pressed) {
    const was = pressed.getAttribute("aria-pressed") === "true";
    [...form.querySelectorAll("button")].forEach((button, i) => {
      const is = button === pressed && !was;
      button.setAttribute("aria-pressed", is);
      button.value = is ? "" : String(i === 0);
    });
  }

  async #copy({ target }) {
    const copy = target.closest?.("[data-part=copy]");
    if (copy) {
      await navigator.clipboard.writeText(new URL(copy.dataset.link, location.href).href);
      copy.textContent = "Copied";
      this.#announce.textContent = "The link is copied.";
      setTimeout(() => { copy.textContent = "Copy link"; }, 2000);
    }
  }
}

const inWords = ms => ms < 60000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.floor(ms / 60000)} min ${Math.floor(ms / 1000) % 60} s`;

customElements.define("kinema-run", RunElement);
