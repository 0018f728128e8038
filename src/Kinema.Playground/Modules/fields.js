import { MediaField } from "./media.js";

/** The control of one field of the form. `value` is what the request gets (undefined: left out), `kept` what the tab keeps of it. */
class Field {
  constructor(element) {
    this.element = element;
    this.name = element.dataset.field;
    this.label = element.dataset.label;
    this.meaning = element.dataset.meaning;
    this.isRequired = element.dataset.required === "true";
    this.isAdvanced = element.dataset.advanced === "true";
    this.standard = element.dataset.default === undefined ? undefined : JSON.parse(element.dataset.default);
    this.control = element.querySelector("[name]");
  }

  get kept() { return this.value; }

  get isGiven() { return this.value !== undefined; }

  /** Whether it is as it would be if it were left out. */
  get isStandard() { return this.value === this.standard; }

  /** Whether a request names the value: what is folded away, or excluded by another field, only if somebody changed it. */
  get isSent() { return this.isGiven && !(this.isStandard && (this.isAdvanced || this.yields)); }

  reset() { this.set(this.standard); }

  /** Waits until the value can be sent; false where that failed. */
  async settle() { return true; }

  /** What is wrong with the value by the field's own limits, or "". */
  check() { return this.isRequired && !this.isGiven ? `${this.label} is required.` : ""; }

  /** Says at the field what is wrong; "" takes it back. */
  say(problem) {
    const place = this.element.querySelector(":scope > .problem");
    place.textContent = problem;
    place.hidden = !problem;
    for (const control of this.element.querySelectorAll("input, textarea")) {
      problem ? control.setAttribute("aria-invalid", "true") : control.removeAttribute("aria-invalid");
    }
    if (problem && this.isAdvanced) {
      this.element.closest("details").open = true;
    }
  }

  focus() { (this.control ?? this.element.querySelector("input, textarea")).focus(); }
}

class TextField extends Field {
  constructor(element) {
    super(element);
    this.most = Number(element.dataset.maxLength) || Infinity;
    this.counter = element.querySelector("[data-count]");
    element.addEventListener("input", () => this.#count());
    for (const chip of element.querySelectorAll("[data-move]")) {
      chip.addEventListener("click", () => this.#write(chip.dataset.move));
    }
    this.#count();
  }

  get value() { return this.control.value.trim() === "" ? undefined : this.control.value; }

  set(value) {
    this.control.value = value ?? "";
    this.#count();
  }

  check() {
    const length = [...this.control.value].length;
    return length > this.most ? `${this.label} may have ${this.most} characters; it has ${length}.` : super.check();
  }

  // The server counts code points, not the halves that JavaScript counts.
  #count() {
    if (this.counter) {
      this.counter.textContent = String([...this.control.value].length);
    }
  }

  // Moves are made one after another: "slow push in, then orbit right".
  #write(move) {
    const text = this.control.value.trimEnd();
    this.control.value = text === "" ? move : /[.,;:]$/.test(text) ? `${text} ${move}` : `${text}, then ${move}`;
    this.control.dispatchEvent(new Event("input", { bubbles: true }));
    this.control.focus();
  }
}

class ChoiceField extends Field {
  // The choice without a value leaves it to the engine.
  get value() { return this.element.querySelector(":checked")?.value || undefined; }

  set(value) {
    for (const choice of this.element.querySelectorAll("input")) {
      choice.checked = choice.value === (value ?? "");
    }
  }
}

/** Several texts: boxes to tick where the values are known, else one in each line. */
class ListField extends Field {
  constructor(element) {
    super(element);
    [this.most, this.longest] = [Number(element.dataset.maxItems), Number(element.dataset.maxLength) || Infinity];
    this.lines = element.querySelector("textarea");
    this.control ??= element;
  }

  get #items() {
    return this.lines
      ? this.lines.value.split("\n").map(line => line.trim()).filter(line => line !== "")
      : [...this.element.querySelectorAll(":checked")].map(box => box.value);
  }

  get value() { return this.#items.length > 0 ? this.#items : undefined; }

  set(value) {
    if (this.lines) {
      this.lines.value = (value ?? []).join("\n");
    }
    for (const box of this.element.querySelectorAll("[type=checkbox]")) {
      box.checked = (value ?? []).includes(box.value);
    }
  }

  check() {
    const items = this.#items;
    if (items.length > this.most) {
      return `${this.label} may have ${this.most}; it has ${items.length}.`;
    }
    if (new Set(items).size < items.length) {
      return `${this.label} may name each only once.`;
    }
    return items.some(item => [...item].length > this.longest) ? `${this.label} may have ${this.longest} characters each.` : super.check();
  }
}

class NumberField extends Field {
  constructor(element) {
    super(element);
    [this.least, this.most, this.step] = [Number(element.dataset.minimum), Number(element.dataset.maximum), Number(element.dataset.step)];
    this.exact = element.querySelector("[data-exact]");
    this.exact?.addEventListener("input", () => { this.control.value = this.exact.value; });
    this.exact?.addEventListener("change", () => { this.exact.value = this.control.value; });
    if (this.exact) {
      this.control.addEventListener("input", () => { this.exact.value = this.control.value; });
    }
    element.querySelector("[data-dice]")?.addEventListener("click", () => this.#draw());
  }

  get value() { return this.control.value === "" ? undefined : Number(this.control.value); }

  set(value) {
    this.control.value = value ?? (this.exact ? this.least : "");
    if (this.exact) {
      this.exact.value = this.control.value;
    }
  }

  check() {
    const value = this.value;
    if (this.control.validity.badInput || (value !== undefined && (value < this.least || value > this.most || this.#isBesideStep(value)))) {
      const steps = this.step && this.step !== 1 ? ` in steps of ${this.step}` : "";
      return `${this.label} must be a ${this.step === 1 ? "whole number" : "number"} from ${this.least} to ${this.most}${steps}.`;
    }
    return super.check();
  }

  // Binary fractions miss decimal steps by a little; the server reckons exactly.
  #isBesideStep(value) {
    const steps = (value - (this.least || 0)) / this.step;
    return this.step > 0 && Math.abs(steps - Math.round(steps)) > 1e-6;
  }

  #draw() {
    const [drawn] = crypto.getRandomValues(new Uint32Array(1));
    this.set(this.least + drawn % (this.most - this.least + 1));
    this.control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

class FlagField extends Field {
  constructor(element) {
    super(element);
    this.standard ??= false;
  }

  get value() { return this.control.checked; }

  set(value) { this.control.checked = value === true; }
}

const kinds = { text: TextField, choice: ChoiceField, slider: NumberField, number: NumberField, list: ListField, flag: FlagField, media: MediaField(Field) };

export const fieldsOf = form => [...form.querySelectorAll("[data-field]")].map(element => new kinds[element.dataset.kind](element));
