// While a run of the list goes on and the page is seen, its row is read again every few seconds.
import { showLocalTimes } from "./local-times.js";

const interval = 4000;
const unfinished = "tr[data-unfinished]";

const root = document.documentElement.dataset.root ?? "";
const status = document.getElementById("runs-status");
let timer;
let isOver = false;

const goesOn = () => !document.hidden && !isOver && document.querySelector(unfinished) !== null;

/** @param {...(string | Node)} parts what a screen reader says, too; said once */
function say(...parts) {
  const text = parts.map((part) => part.textContent ?? part).join("");
  if (status.textContent !== text) status.replaceChildren(...parts);
}

function signInLink() {
  const link = document.createElement("a");
  link.href = `${root}/sign-in?return=${encodeURIComponent(location.pathname.slice(root.length) + location.search)}`;
  link.textContent = "Sign in again";
  return link;
}

/** Takes the new rows of runs that were unfinished; the others stay, with what is ticked in them. */
function take(page) {
  for (const row of document.querySelectorAll(unfinished)) {
    const fresh = page.getElementById(row.id);
    if (!fresh || (fresh.dataset.status === row.dataset.status)) continue;

    const hadFocus = row.contains(document.activeElement);
    const taken = document.adoptNode(fresh);
    showLocalTimes(taken);
    row.replaceWith(taken);
    if (hadFocus) taken.querySelector("a").focus({ preventScroll: true });
    if (!taken.matches(unfinished)) say(`${taken.dataset.name}: ${taken.dataset.status}`);
  }
}

async function refresh() {
  let answer;
  try {
    answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
    if (answer.ok) take(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    answer = undefined;
  }

  if (answer?.type === "opaqueredirect") {
    isOver = true;
    say("Your session is over. ", signInLink());
  } else if (!answer?.ok) {
    status.dataset.lost = "";
    say("The server does not answer; trying again …");
  } else if ("lost" in status.dataset) {
    delete status.dataset.lost;
    say("");
  }
}

function plan(wait = interval) {
  clearTimeout(timer);
  if (goesOn()) timer = setTimeout(() => refresh().finally(plan), wait);
}

document.addEventListener("visibilitychange", () => plan(0));
plan();
