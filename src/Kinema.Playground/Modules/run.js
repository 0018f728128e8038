import "./player.js";
import { ApiError, showProblem } from "./api.js";
import { retryRun } from "./create.js";
import { watch } from "./events.js";
import { copyLink, submit } from "./run-actions.js";
import { appendLog, partOf, showPreview, showProgress, showTimes } from "./run-view.js";
import { pathUrl } from "./urls.js";

const ended = ["succeeded", "failed", "canceled"];
const pause = 3000;

/**
 * <kinema-run run-id="…" status="…" after="…"> makes the panel that the server rendered inside it live. Where the status changes it takes the panel from the run's
 * page again, so that what it shows is what a reload would show. Empty, with nothing but run-id, it takes the panel at once. At the end it sends the event
 * "kinema-run-ended"; where the visitor tries again, "kinema-run-created", and goes to the new run's page unless that event was canceled.
 */
class RunElement extends HTMLElement {
  #stop = null; #timers = []; #announce = null; #isStale = false; #isRefreshing = false; #shownAt = 0; #offline = false; #looks = 20;

  get runId() { return this.getAttribute("run-id"); }
  get page() { return this.getAttribute("page") ?? pathUrl(`/runs/${this.runId}`); }
  get #isOpen() { return !ended.includes(this.getAttribute("status")); }

  async connectedCallback() {
    if (!this.#announce) {
      this.#announce = Object.assign(document.createElement("p"), { className: "unseen" });
      this.#announce.setAttribute("role", "status");
      this.addEventListener("submit", event => this.#submit(event));
      this.addEventListener("click", event => this.#click(event));
    }
    this.append(this.#announce);
    this.#prepare();
    if (!this.hasAttribute("status")) {
      await this.#load().catch(() => this.#refresh());
    }
    if (this.#isOpen && this.isConnected && !this.#stop) {
      this.#stop = watch(this.runId, Number(this.getAttribute("after") ?? 0), event => this.#receive(event));
      this.#timers = [setInterval(() => this.#tick(), 1000), setInterval(() => this.#look(), 5000)];
    }
  }

  disconnectedCallback() {
    this.#stop?.();
    this.#timers.forEach(timer => clearInterval(timer));
    this.#stop = null;
  }

  #prepare() {
    this.#shownAt = performance.now();
    const copy = partOf(this, "copy");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
    }
    const retry = partOf(this, "retry");
    if (retry) {
      retry.hidden = false;
    }
  }

  #receive({ type, sequence, data }) {
    switch (type) {
      case "status":
        this.#refresh();
        break;
      case "progress":
        showProgress(this, data);
        break;
      case "preview":
        showPreview(this, `${pathUrl(data.url)}?n=${sequence}`);
        break;
      case "log":
        appendLog(data);
        break;
      case "connection":
        this.#showConnection(data);
        break;
    }
  }

  #showConnection(state) {
    const wasOffline = this.#offline;
    this.#offline = state === "offline";
    this.toggleAttribute("offline", this.#offline);
    const problem = partOf(this, "problem");
    if (problem) {
      showProblem(problem, state === "signed-out" ? new ApiError(401) : null);
      if (this.#offline) {
        problem.hidden = false;
        problem.textContent = "The server does not answer; trying again …";
      }
    }
    // Crowded: there are as many streams as there may be, so the page is looked at instead.
    if (state === "gone" || state === "ended" || state === "crowded" || (wasOffline && state === "online")) {
      this.#refresh();
    }
  }

  /** Takes the panel, and what the page shows beside it, from the server; again where that fails, or where something happened meanwhile. */
  async #refresh() {
    this.#isStale = true;
    if (this.#isRefreshing) {
      return;
    }
    this.#isRefreshing = true;
    while (this.#isStale && this.isConnected) {
      this.#isStale = false;
      try {
        await this.#load();
      } catch (error) {
        this.#isStale = true;
        await new Promise(resolve => setTimeout(resolve, Math.max(pause, 1000 * (error.retryAfter ?? 0))));
      }
    }
    this.#isRefreshing = false;
  }

  async #load() {
    // What happens at once is asked for once.
    await new Promise(resolve => setTimeout(resolve, 50));
    const response = await fetch(this.page, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (response.status === 404) {
      this.querySelector(".run")?.replaceChildren("This run was deleted.");
      this.disconnectedCallback();
    } else if (response.redirected || response.status === 403) {
      this.#showConnection("signed-out");
    } else if (!response.ok) {
      throw new ApiError(response.status, {}, Number(response.headers.get("Retry-After")) || 0);
    }
    const panel = fresh.querySelector("kinema-run");
    if (panel?.getAttribute("run-id") === this.runId) {
      this.#show(panel, fresh);
    }
  }

  #show(panel, fresh) {
    if (!this.#isOpen && panel.getAttribute("status") === this.getAttribute("status")) {
      this.#showParts(fresh); // the video goes on
      return;
    }

    const focus = this.contains(document.activeElement) ? document.activeElement.dataset.focus ?? "" : null;
    for (const name of ["status", "after", "page"]) {
      this.setAttribute(name, panel.getAttribute(name));
    }
    this.replaceChildren(...copies(panel.children), this.#announce);
    if (focus !== null) {
      (this.querySelector(`[data-focus="${focus}"]`) ?? this.querySelector("a"))?.focus();
    }
    this.#showParts(fresh);
    this.#prepare();
    this.#say();
    if (!this.#isOpen) {
      this.disconnectedCallback();
      this.dispatchEvent(new CustomEvent("kinema-run-ended", { bubbles: true, detail: { runId: this.runId, status: this.getAttribute("status") } }));
    }
  }

  /** What the page shows beside the panel. A callback may be on its way for a while after the end. */
  #showParts(fresh) {
    for (const part of document.querySelectorAll("[data-run-part]")) {
      const other = fresh.getElementById(part.id);
      if (other && !part.contains(document.activeElement)) {
        part.replaceChildren(...copies(other.childNodes));
      }
    }
    if (!this.#isOpen && this.#looks > 0 && document.querySelector("[data-run-part] .status.pending")) {
      this.#looks--;
      setTimeout(() => this.#refresh(), pause);
    }
  }

  /** A screen reader hears each status, not each frame. */
  #say() {
    const status = this.querySelector(".status")?.textContent;
    const text = this.getAttribute("status") === "running" ? `${status}.` : `${status}. ${partOf(this, "says")?.textContent}`;
    if (text !== this.#announce.textContent) {
      this.#announce.textContent = text;
    }
  }

  #tick() {
    if (!this.#offline) {
      showTimes(this, performance.now() - this.#shownAt);
    }
  }

  /** The place in the queue changes by what happens to other runs. */
  #look() {
    if (this.getAttribute("status") === "queued" && !document.hidden && !this.#offline) {
      this.#refresh();
    }
  }

  async #submit(event) {
    event.preventDefault();
    const problem = partOf(this, "problem");
    try {
      showProblem(problem, null);
      if (await submit(this.runId, event.target, event.submitter)) {
        this.#refresh();
      }
    } catch (error) {
      showProblem(problem, error);
    }
  }

  async #click({ target }) {
    const copy = target.closest?.("[data-part=copy]");
    if (copy && await copyLink(copy)) {
      this.#announce.textContent = "The link is copied.";
    }
    const retry = target.closest?.("[data-part=retry]");
    if (retry) {
      await this.#retry(retry);
    }
  }

  async #retry(button) {
    const problem = partOf(this, "problem");
    showProblem(problem, null);
    button.disabled = true;
    try {
      const { id } = await retryRun(this.runId, again => again && showProblem(problem, new ApiError(0)));
      if (this.dispatchEvent(new CustomEvent("kinema-run-created", { bubbles: true, cancelable: true, detail: { runId: id } }))) {
        location.assign(pathUrl(`/runs/${id}`));
      }
    } catch (error) {
      button.disabled = false;
      showProblem(problem, error);
    }
  }
}

const copies = nodes => [...nodes].map(node => document.importNode(node, true));

customElements.define("kinema-run", RunElement);
