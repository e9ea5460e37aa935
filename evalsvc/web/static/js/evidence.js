// Documents of a line: sent in pieces with progress, gone on with after a lost line, drawn in place.

import { desk, word } from "./drafts.js";
import { swapOne } from "./swap.js";

const PIECE = 256 * 1024;
const [SOON, LATEST] = [1000, 15000];
const KEPT = "evalsvc-upload:";
let sending = 0;

const partOf = (node) => node.closest("[data-evidence]");
const headers = () => ({ Accept: "application/json", "X-CSRF": desk.dataset.csrf });

const wordOf = (name) => desk.querySelector(`[data-word=${name}]`).content.textContent.trim();

class Refused extends Error {}
class Stopped extends Error {}

// The form of the answers on the sheet, or that of the explanation.
const formOf = (part) => part.closest("article, .formrow")?.querySelector("form.line, form.contest");

// The answers of a line may have been saved since this part was drawn.
function versionOf(part) {
  return formOf(part)?.elements.seen.value ?? part.dataset.seen;
}

function say(part, text) {
  part.querySelector("[data-said]").textContent = text;
}

// At the field it speaks of, as a page without scripts shows it.
function fault(form, text, name) {
  const field = form.elements[name];
  const said = word("fault").firstElementChild;
  said.id = `${field.id}-error`;
  said.querySelector("span").textContent = text;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${said.id}`.trim());
  field.classList.add("in--err");
  field.after(said);
  field.focus();
}

function unfault(form) {
  for (const said of form.querySelectorAll("p.err")) {
    const field = said.previousElementSibling;
    const hint = field.getAttribute("aria-describedby").replace(said.id, "").trim();
    field.removeAttribute("aria-invalid");
    field.classList.remove("in--err");
    if (hint) field.setAttribute("aria-describedby", hint);
    else field.removeAttribute("aria-describedby");
    said.remove();
  }
}

async function ask(url, options = {}) {
  const answer = await fetch(url, { ...options, headers: { ...headers(), ...options.headers } });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const body = isJson ? await answer.json() : {};
  if (answer.ok && !answer.redirected) return body;
  // What has arrived waits for a day: after signing in again the same file goes on.
  if (answer.status === 401 || answer.redirected) throw new Stopped(wordOf("out"));
  if (answer.status === 409) return { ...body, stale: true };
  if (answer.status >= 500 || answer.status === 429) throw new TypeError("busy");
  const error = new Refused(body.what || wordOf("refused"));
  error.body = body;
  throw error;
}

// A change that the service took: the part is drawn anew, the form of the answers knows the version.
function taken(part, body) {
  const form = formOf(part);
  if ("page" in part.dataset) {
    location.reload();
    return;
  }
  const fresh = swapOne(part, body.html);
  if (form) form.elements.seen.value = body.version;
  // Lines that are agreed to together are sent with the version that was looked at.
  for (const other of document.querySelectorAll("input[name=line]")) {
    const { code } = fresh.dataset;
    if (other.value.startsWith(`${code}:`)) other.value = `${code}:${body.version}`;
  }
  if (body.stale) say(fresh, body.what);
  const place = fresh.querySelector("summary") ?? fresh.querySelector("a");
  place?.focus();
}

// Nothing is lost where the same file is chosen again: its pieces are still there for a day.
const nameOf = (form, file) => KEPT + [form.action, file.name, file.size, file.lastModified].join("|");

async function begun(form, file) {
  const kept = localStorage.getItem(nameOf(form, file));
  if (kept) {
    try {
      const found = await ask(kept);
      if (!found.done) return { url: kept, arrived: found.arrived };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }
  const body = new URLSearchParams({ name: file.name, size: file.size });
  const found = await ask(form.dataset.begin, { method: "POST", body });
  localStorage.setItem(nameOf(form, file), found.url);
  return found;
}

async function sendPieces(form, file, show, isStopped) {
  let { url, arrived } = await begun(form, file);
  show(arrived);
  while (arrived < file.size) {
    if (isStopped()) throw new Stopped();
    const body = file.slice(arrived, arrived + PIECE);
    const options = { method: "POST", body, headers: { "Content-Type": "application/octet-stream" } };
    try {
      ({ arrived } = await ask(`${url}?at=${arrived}`, options));
    } catch (error) {
      if (!(error instanceof Refused) || error.body.error !== "piece-gap") throw error;
      ({ arrived } = await ask(url));
    }
    show(arrived);
  }
  return url.split("/").pop();
}

// Tried again for as long as the page is open; what has arrived is not sent twice.
async function patiently(work, show, isStopped) {
  for (let wait = SOON; ; wait = Math.min(wait * 2, LATEST)) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Refused || error instanceof Stopped) throw error;
      show(null);
      await new Promise((done) => {
        const timer = setTimeout(done, wait);
        addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
      });
      if (isStopped()) throw new Stopped();
    }
  }
}

async function attach(form) {
  const part = partOf(form);
  const file = form.elements.file.files[0];
  const [progress, stop] = [form.querySelector("[data-progress]"), form.querySelector("[data-stop]")];
  let stopped = false;
  const isStopped = () => stopped;
  const show = (arrived) => {
    if (arrived === null) {
      say(part, wordOf("offline"));
      return;
    }
    say(part, "");
    progress.value = file ? arrived / file.size : 1;
  };
  stop.onclick = () => { stopped = true; };
  progress.hidden = stop.hidden = !file;
  form.dataset.busy = "1";
  unfault(form);
  sending += 1;
  try {
    const work = async () => {
      const fields = new FormData(form);
      fields.delete("file");
      if (file) fields.set("upload", await sendPieces(form, file, show, isStopped));
      fields.set("seen", versionOf(part));
      return ask(form.action, { method: "POST", body: fields });
    };
    taken(part, await patiently(work, show, isStopped));
    if (file) localStorage.removeItem(nameOf(form, file));
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Stopped)) throw error;
    if (file && error instanceof Refused) localStorage.removeItem(nameOf(form, file));
    say(part, error.message);
    if (error.body?.field) fault(form, error.message, error.body.field);
  } finally {
    sending -= 1;
    delete form.dataset.busy;
    progress.hidden = stop.hidden = true;
  }
}

async function change(form) {
  const part = partOf(form);
  const fields = new FormData(form);
  fields.set("seen", versionOf(part));
  try {
    taken(part, await ask(form.action, { method: "POST", body: fields }));
  } catch (error) {
    say(part, error instanceof Refused ? error.message : wordOf("offline"));
  }
}

async function find(form) {
  const url = new URL(form.action);
  url.searchParams.set("q", form.elements.q.value);
  const { html } = await ask(url);
  const place = partOf(form).querySelector("[data-found]");
  place.innerHTML = html;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const deed = [["attach", attach], ["change", change], ["again", find]].find(([name]) => name in form.dataset);
  if (!deed || !partOf(form)) return;
  event.preventDefault();
  if (!form.dataset.busy) deed[1](form);
});
addEventListener("beforeunload", (event) => {
  if (sending) event.preventDefault();
});
