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

export async function copyLink(button) {
  await navigator.clipboard.writeText(new URL(button.dataset.link, location.href).href);
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy link"; }, 2000);
}
