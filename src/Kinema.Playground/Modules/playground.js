import { showProblem } from "./api.js";
import { CodePanel } from "./code.js";
import { createRun } from "./create.js";
import { fieldsOf } from "./fields.js";
import { checkGroups, yieldDefaults } from "./groups.js";
import { keptIn } from "./kept.js";
import { priceOf, secondsOf } from "./price.js";
import { ownPath, pathUrl } from "./urls.js";

const form = document.getElementById("run-form");
const result = document.getElementById("result");
const { slug, priceMicros } = form.dataset;
const rules = { exactlyOneOf: JSON.parse(form.dataset.exactlyOneOf), notTogether: JSON.parse(form.dataset.notTogether) };
const fields = fieldsOf(form);
const code = new CodePanel(document.querySelector(".code"));
const kept = keptIn(`kinema:${slug}`);
const run = form.querySelector("[data-run]");

const inputOf = () => Object.fromEntries(fields.filter(field => field.isSent).map(field => [field.name, field.value]));

function start() {
  const values = form.dataset.given ? null : kept.read();
  if (values) {
    fields.forEach(field => field.name in values && field.set(values[field.name]));
  } else if (form.dataset.given) {
    forgetStart();
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", event => {
    event.preventDefault();
    runIt();
  });
  form.querySelector("[data-sign-in]")?.addEventListener("click", event => { event.currentTarget.href = pathUrl(`/sign-in?return=${encodeURIComponent(ownPath())}`); });
  for (const button of form.querySelectorAll("[data-start]")) {
    button.addEventListener("click", () => fill(JSON.parse(button.dataset.start)));
  }
  document.addEventListener("paste", paste);
  // A file dropped beside a field must not replace the page.
  for (const type of ["dragover", "drop"]) {
    document.addEventListener(type, event => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  }
  if (run) {
    run.disabled = false;
  }
  if (values || form.dataset.given) {
    changed();
  } else {
    showPrice();
  }
  result.addEventListener("kinema-run-created", event => {
    event.preventDefault();
    show(event.detail.runId);
  });
  if (result.querySelector("kinema-run")) {
    import("./run.js").catch(() => {});
  }
}

function changed() {
  yieldDefaults(fields, rules);
  showPrice();
  const problems = checkGroups(fields, rules, false);
  for (const field of fields) {
    // What a medium found out about itself stays; the rest is asked again.
    if (field.element.dataset.kind !== "media" || problems.has(field.name) || field.groupProblem) {
      field.say(problems.get(field.name) ?? (field.element.dataset.kind === "media" ? "" : field.check()));
      field.groupProblem = problems.has(field.name);
    }
  }
  code.show({ input: inputOf() });
  kept.write(Object.fromEntries(fields.map(field => [field.name, field.kept])));
}

function showPrice() {
  const seconds = secondsOf(fields, Number(form.dataset.frameRate));
  if (Number.isInteger(seconds) && seconds > 0) {
    form.querySelector("[data-price]").textContent = `$${priceOf(priceMicros, seconds)}`;
    form.querySelector("[data-price-how]").textContent = `${seconds} s × $${priceOf(priceMicros, 1).replace(/\.?0+$/, "")}`;
  }
}

/** Begins again from an example. */
function fill(input) {
  for (const field of fields) {
    field.say("");
    field.name in input ? field.set(input[field.name]) : field.reset();
  }
  changed();
}

/** Links that filled in the form have done so; what is changed now must survive a reload. */
function forgetStart() {
  const address = new URL(location.href);
  ["from", "example", "sample", "image", "video", "prompt"].forEach(name => address.searchParams.delete(name));
  history.replaceState(null, "", address);
}

function paste(event) {
  const [file] = event.clipboardData?.files ?? [];
  // Copied from a text processor, a text has a picture of itself with it.
  if (event.target.matches("textarea, input:not([type=file])") && event.clipboardData.getData("text/plain")) {
    return;
  }
  const fitting = file ? fields.filter(field => field.accepts?.(file)) : [];
  const field = fitting.find(one => one.element.contains(document.activeElement)) ?? fitting.find(one => !one.isGiven) ?? fitting[0];
  if (field) {
    event.preventDefault();
    field.take(file);
  }
}

function isReady() {
  yieldDefaults(fields, rules);
  const problems = checkGroups(fields, rules, true);
  for (const field of fields) {
    const problem = problems.get(field.name) ?? field.check();
    if (problem) {
      field.groupProblem = problems.has(field.name);
      problems.set(field.name, problem);
      field.say(problem);
    }
  }
  fields.find(field => problems.has(field.name))?.focus();
  return problems.size === 0;
}

async function runIt() {
  if (!run || run.disabled || !isReady()) {
    return;
  }
  const status = form.querySelector("[data-form-status]");
  showProblem(form.querySelector("[data-form-problem]"), null);
  run.disabled = true;
  try {
    status.textContent = "Uploading …";
    const settled = await Promise.all(fields.map(field => field.settle()));
    if (settled.includes(false)) {
      fields[settled.indexOf(false)].focus();
      return;
    }
    status.textContent = "Starting …";
    const created = await createRun(slug, { input: inputOf() }, again => {
      status.textContent = again ? "The server does not answer; trying again …" : "Starting …";
    });
    await show(created.id);
  } catch (error) {
    refused(error);
  } finally {
    status.textContent = "";
    run.disabled = false;
  }
}

async function show(id) {
  const address = new URL(location.href);
  address.searchParams.set("run", id);
  history.replaceState(null, "", address);
  const panel = document.createElement("kinema-run");
  panel.setAttribute("run-id", id);
  const link = document.createElement("a");
  link.href = pathUrl(`/runs/${id}`);
  link.textContent = `Run ${id}`;
  panel.append(link);
  const hadFocus = result.contains(document.activeElement);
  result.replaceChildren(panel);
  if (hadFocus) {
    link.focus();
  }
  result.scrollIntoView({ block: "nearest" });
  await import("./run.js").catch(() => {});
}

/** Says at each field what the server found wrong with it, and the rest below the button. */
function refused(error) {
  const rest = [];
  for (const { loc = [], msg } of error.errors ?? []) {
    const field = fields.find(one => loc[1] === "input" && one.name === loc[2]);
    field ? field.say(msg) : rest.push(msg);
  }
  fields.find(field => (error.errors ?? []).some(({ loc = [] }) => loc[2] === field.name))?.focus();
  if (rest.length > 0 || !error.errors?.length) {
    showProblem(form.querySelector("[data-form-problem]"), rest.length > 0 ? Object.assign(error, { message: rest.join(" ") }) : error);
  }
}

start();
