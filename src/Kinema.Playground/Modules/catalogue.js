// Cards play their preview while somebody points at them or comes to them with the keyboard. A video is loaded only then.
const calm = matchMedia("(prefers-reduced-motion: reduce)");

for (const card of document.querySelectorAll("[data-preview]")) {
  const start = () => {
    if (calm.matches || navigator.connection?.saveData) {
      return;
    }
    const video = card.querySelector("video") ?? videoOf(card);
    video.play().catch(() => {}); // Pointed away before it could play.
  };
  const stop = () => {
    const video = card.querySelector("video");
    if (video) {
      video.pause();
      video.hidden = true;
    }
  };
  card.addEventListener("pointerenter", start);
  card.addEventListener("pointerleave", stop);
  card.addEventListener("focusin", start);
  card.addEventListener("focusout", stop);
}

function videoOf(card) {
  const video = document.createElement("video");
  Object.assign(video, { src: card.dataset.preview, muted: true, loop: true, playsInline: true, hidden: true });
  video.setAttribute("aria-hidden", "true");
  video.addEventListener("playing", () => { video.hidden = false; });
  card.querySelector(".picture").append(video);
  return video;
}
