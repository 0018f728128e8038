import { api } from "./api.js";

/** Sends a form of a run's panel without leaving the page. Returns whether the panel must be taken anew. */
export async function submit(runId, form, button) {
  if (form.dataset.part === "cancel") {
    await api(`/v1/runs/${runId}/cancellation`, { method: "POST", body: {} });
    return true;
  }

  const value = { true: true, false: false }[button.value] ?? null;
  await api(`/v1/runs/${runId}/feedback`, { method: "PATCH", body: { is_positive: value } });
  press(form, button);
  return false;
}

/** As the server would render it; the video goes on. */
function press(form, pressed) {
  const was = pressed.getAttribute("aria-pressed") === "true";
  [...form.querySelectorAll("button")].forEach((button, i) => {
    const is = button === pressed && !was;
    button.setAttribute("aria-pressed", is);
    button.value = is ? "" : String(i === 0);
  });
}

/** Returns whether the browser let it. */
export async function copyLink(button) {
  const isCopied = await navigator.clipboard.writeText(new URL(button.dataset.link, location.href).href).then(() => true, () => false);
  button.textContent = isCopied ? "Copied" : "Not copied: the browser does not allow it";
  setTimeout(() => { button.textContent = "Copy link"; }, 2000);
  return isCopied;
}
