// Buttons that copy the text of another element. Without a clipboard, as over plain http to another machine, they stay hidden.

for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select the text and copy it";
    }
    setTimeout(() => (button.textContent = name), 2500);
  });
  button.setAttribute("aria-live", "polite");
}
