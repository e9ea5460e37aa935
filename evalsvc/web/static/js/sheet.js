// The sheet saves itself line by line; without this script each line has its own button.

import { all, drop, isRefused, refuse, tell, tellRefused, untell, word } from "./drafts.js";
import { Line } from "./line.js";
import { send } from "./send.js";

const TROUBLE = ["conflict", "refused", "stranger", "out", "offline", "busy", "error"];
const lines = new Map();
let savedAt = "";

function begin(form) {
  const line = new Line(form, heard);
  lines.set(line.code, line);
  return line;
}

function heard(line, state, body) {
  if (state === "replaced") {
    const form = body.article.querySelector("form.line");
    if (form) begin(form);
    body.article.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    state = "saved";
  }
  if (state === "saved" && body.time) savedAt = body.time;
  if (state === "out") tell("ended", withWayBack);
  if (state === "stranger") tell("stranger");
  if (state === "refused") tellRefused({ ...line.draft(), refused: body.what ?? "" });
  if (state === "saved") untell("ended");
  standing();
}

// Signing in again leads back to this very page.
function withWayBack(box) {
  const link = box.querySelector("a");
  link.href = `${link.pathname}?next=${encodeURIComponent(location.pathname)}`;
}

// In the band: the state that asks for most attention.
function standing() {
  const place = document.querySelector("[data-status]");
  const states = [...lines.values()].map((line) => line.state);
  const worst = TROUBLE.find((each) => states.includes(each));
  const state = states.includes("saving") ? "saving" : worst ?? (savedAt ? "saved" : "");
  if (!place || !state) return;
  const sign = word(state === "stranger" ? "other" : state);
  const time = sign.querySelector("time");
  if (time) time.textContent = savedAt;
  place.replaceChildren(sign);
}

// What an earlier visit left behind, on lines of this page.
async function deliver(draft) {
  const line = lines.get(draft.line);
  if (!line || line.form.dataset.sheet !== draft.sheet || line.isDirty || line.isStopped) return;
  if (draft.version !== line.version) {
    await older(line, draft);
    return;
  }
  line.fill(draft.fields);
  line.key = draft.key;
  line.keyOf = line.text();
  if (line.isDirty) await line.save();
  else drop(draft);
}

// The line changed meanwhile: the service knows whether this very save was the change.
async function older(line, draft) {
  const answer = await send(draft.url, draft.fields, draft.version, draft.key);
  if (answer.kind === "kept") drop(draft);
  if (answer.kind === "refused") tellRefused(refuse(draft, answer.body.what));
  if (answer.kind === "conflict") line.choose(draft, answer.body);
}

async function deliverAll() {
  for (const draft of all().filter((each) => !isRefused(each))) await deliver(draft);
}

function tryAgain() {
  for (const line of lines.values()) line.again();
  deliverAll();
}

for (const form of document.querySelectorAll("form.line")) begin(form).touch(0);
addEventListener("online", tryAgain);
addEventListener("focus", () => [...lines.values()].forEach((line) => line.again()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && navigator.onLine) lines.forEach((line) => line.save());
});
addEventListener("beforeunload", (event) => {
  const lost = [...lines.values()].some((line) => line.isDirty && !line.isStored);
  if (lost) event.preventDefault();
});
deliverAll();
