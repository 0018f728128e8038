import { api } from "./api.js";

const pause = 300;

/** The request as programs. The server writes them; this keeps them in step with the form. */
export class CodePanel {
  #panel;
  #wait = 0;
  #asked = 0;

  constructor(panel) {
    this.#panel = panel;
    panel.addEventListener("change", () => this.#choose());
    panel.querySelector("[data-copy]").addEventListener("click", () => this.#copy());
    this.#choose();
  }

  /** Shows another request, once nobody types any more. */
  show(body) {
    clearTimeout(this.#wait);
    this.#wait = setTimeout(() => this.#ask(body), pause);
  }

  async #ask(body) {
    const mine = ++this.#asked;
    try {
      const texts = await api(`/playground/samples/${this.#panel.dataset.slug}`, { method: "POST", body });
      if (mine === this.#asked) {
        for (const [language, text] of Object.entries(texts)) {
          this.#panel.querySelector(`[data-language=${language}] code`).textContent = text;
        }
        this.#say("");
      }
    } catch {
      this.#say("Not in step with the form: the server does not answer.");
    }
  }

  get #current() { return this.#panel.querySelector(`[data-language=${this.#panel.querySelector(":checked").value}]`); }

  #choose() {
    for (const program of this.#panel.querySelectorAll("[data-language]")) {
      program.hidden = program !== this.#current;
    }
  }

  async #copy() {
    const { textContent } = this.#current.querySelector("code");
    try {
      await navigator.clipboard.writeText(textContent);
      this.#say("Copied.");
    } catch {
      // No clipboard over plain http: select the text, so that the keys of the system copy it.
      getSelection().selectAllChildren(this.#current);
      this.#say("Selected: copy it with the keyboard.");
    }
  }

  #say(text) { this.#panel.querySelector("[data-code-status]").textContent = text; }
}
