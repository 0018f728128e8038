/** An element of a run's panel that a module changes. */
export const partOf = (panel, name) => panel.querySelector(`[data-part=${name}]`);

/** Frames, or the steps of an engine's stage. */
export function showProgress(panel, { stage, done, total }) {
  const bar = partOf(panel, "progress");
  if (bar) {
    bar.max = total || 1;
    bar.value = done;
    partOf(panel, "says").textContent = stage === "inference" ? `Frame ${done} of ${total}` : `${stage}: step ${done} of ${total}`;
  }
}

export function showPreview(panel, url) {
  const bar = partOf(panel, "progress");
  let picture = partOf(panel, "preview");
  if (!picture && bar) {
    picture = Object.assign(document.createElement("img"), { className: "preview", alt: "Preview of the video" });
    picture.dataset.part = "preview";
    bar.before(picture);
  }
  if (picture) {
    picture.src = url;
  }
}

/** Where the page has a log. */
export function appendLog({ level, message }) {
  const line = document.createElement("li");
  line.append(Object.assign(document.createElement("span"), { className: "level", textContent: level }), ` ${message}`);
  const log = document.getElementById("run-log");
  if (log) {
    log.append(line);
    log.hidden = false;
    document.getElementById("run-log-empty").hidden = true;
  }
}

/** @param {number} passed milliseconds since the panel was rendered */
export function showTimes(panel, passed) {
  const elapsed = partOf(panel, "elapsed");
  if (elapsed) {
    elapsed.textContent = inWords(Number(elapsed.dataset.elapsed) + passed);
  }
  const left = partOf(panel, "left");
  if (left) {
    const rest = Number(left.dataset.left) - passed;
    left.parentElement.hidden = rest < 1000; // longer than estimated: no estimate
    left.textContent = inWords(rest);
  }
}

const inWords = ms => ms < 60000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.floor(ms / 60000)} min ${Math.floor(ms / 1000) % 60} s`;
