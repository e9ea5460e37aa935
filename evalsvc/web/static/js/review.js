/* Marks lines in place and adds keys; everything works without it, by links and buttons. */
import { restFields } from "./applies.js";
import { keysAreOn, showKeys, watchToggle } from "./review_keys.js";
import { swapAll, tellAll } from "./swap.js";

const lines = document.querySelector("[data-lines]");
const words = document.querySelector("[data-words]")?.dataset ?? {};
const UNDER_THE_BAND = 110;
const kept = new Map();
let busy = false;

const rows = () => [...lines.querySelectorAll("[data-row]")];
const formOf = (row) => document.querySelector(`[data-form-of="${row.id}"]`);
const rowOf = (node) => {
  const holder = node.closest("[data-form-of]");
  return holder ? document.getElementById(holder.dataset.formOf) : node.closest("[data-row]");
};
const current = () => lines.querySelector("[data-row].on, [data-row].is-new");
const openedBy = () => (lines.tagName === "TABLE" ? "on" : "is-new");

/** The row that the keys are about: where the focus is, else the open one, else the first. */
function here() {
  const focused = document.activeElement;
  return (focused && lines.contains(focused) && rowOf(focused)) || current() || rows()[0];
}

function say(text) {
  const place = document.querySelector("[data-said]");
  if (place) place.textContent = text;
}

function focusOn(row) {
  const place = row.querySelector("[data-open]") ?? row;
  if (!place.matches("a")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  (formOf(row) ?? row).scrollIntoView({ block: "nearest" });
  const above = row.getBoundingClientRect().top - UNDER_THE_BAND;
  if (above < 0) scrollBy({ top: above });
}

/** The key to accept stands in the bar only where the open line has something to accept. */
function offerAccept() {
  const row = current();
  const has = Boolean(row && formOf(row)?.querySelector("[data-accept]"));
  for (const place of document.querySelectorAll("[data-key-accept]")) place.hidden = !keysAreOn() || !has;
}

function restAll() {
  for (const form of lines.querySelectorAll("form[data-mark]")) restFields(form);
}

/** Puts the row as the server made it in the place of the old one. */
function swap(row, html) {
  const made = document.createElement("template");
  made.innerHTML = html.trim();
  const fresh = made.content.querySelector("[data-row]");
  const inside = row.contains(formOf(row));
  if (!inside) formOf(row)?.remove();
  row.replaceWith(made.content);
  if (keysAreOn()) showKeys(true);
  offerAccept();
  restAll();
  return document.getElementById(fresh.id);
}

/** Closes an open row and keeps what was typed in it. */
function close(row) {
  const form = formOf(row);
  if (form) {
    if (form.dataset.touched) kept.set(row.id, form);
    form.remove();
  }
  row.classList.remove(openedBy());
}

async function open(row) {
  const before = current();
  if (before === row && formOf(row)) return row;
  if (before) close(before);
  const old = kept.get(row.id);
  if (old) {
    kept.delete(row.id);
    if (lines.tagName === "TABLE") row.after(old);
    else row.querySelector(".crit__b").append(old);
    row.classList.add(openedBy());
    offerAccept();
    return row;
  }
  const link = row.querySelector("[data-open]");
  if (!link) return row;
  const url = new URL(link.href);
  for (const [name, value] of Object.entries({ number: row.dataset.number, next: nextOf(row)?.id.replace("row-", "") }))
    if (value) url.searchParams.set(name, value);
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    link.click();
    return row;
  }
  return swap(row, (await answer.json()).html);
}

/** The next row that waits, from the top again at the end. */
function nextOf(row) {
  const all = rows();
  const at = all.indexOf(row);
  const around = [...all.slice(at + 1), ...all.slice(0, at)];
  return around.find((each) => each.dataset.state === "waiting" && each.querySelector("[data-open]"));
}

function countUp(row) {
  if (row.dataset.state !== "waiting") return;
  for (const place of document.querySelectorAll("[data-marked]")) place.textContent = Number(place.textContent) + 1;
}

async function save(form, button) {
  if (busy) return;
  busy = true;
  const row = rowOf(form);
  const body = new URLSearchParams(new FormData(form, button));
  const headers = { Accept: "application/json", "X-CSRF": body.get("csrf") };
  try {
    const answer = await fetch(button?.getAttribute("formaction") ?? form.action, { method: "POST", body, headers });
    await settle(row, answer);
  } catch {
    trouble(form, words.failed);
  } finally {
    busy = false;
  }
}

async function settle(row, answer) {
  const told = await answer.json();
  if (!told.html) return trouble(formOf(row), answer.status === 401 ? words.signedOut : told.what || words.failed);
  const next = answer.ok ? nextOf(row) : null;
  if (answer.ok) countUp(row);
  const fresh = swap(row, told.html);
  if (!answer.ok) {
    fresh.classList.add(openedBy());
    say(told.error);
    formOf(fresh)?.querySelector("[aria-invalid], [data-why]")?.focus();
    return;
  }
  for (const [id, text] of Object.entries(told.parts ?? {})) {
    const place = document.getElementById(id);
    if (place && text) place.textContent = text;
  }
  swapAll(told.pieces);
  tellAll(told.texts);
  const at = `${words.saved} ${told.time}`;
  for (const place of document.querySelectorAll("[data-saved-at]")) place.textContent = at;
  say(at);
  focusOn(next ? await open(next) : fresh);
}

/** What went wrong, above the buttons; what was typed stays. */
function trouble(place, text) {
  let told = place.querySelector("[data-trouble]");
  if (!told) {
    told = document.createElement("p");
    told.className = "err";
    told.dataset.trouble = "";
    place.querySelector(".acts")?.before(told);
  }
  told.textContent = text;
  say(text);
}

const isTyping = (node) => node.matches("input:not([type=radio], [type=checkbox]), textarea, select");

const step = async (by) => {
  const all = rows();
  const to = all[all.indexOf(here()) + by];
  if (to) focusOn(await open(to));
};

const deeds = {
  ArrowDown: () => step(1),
  j: () => step(1),
  ArrowUp: () => step(-1),
  k: () => step(-1),
  c: async () => {
    const row = await open(here());
    const button = formOf(row)?.querySelector("[data-accept]");
    if (button) await save(button.form, button);
    else if (formOf(row)?.querySelector("form[data-mark]")) say(words.unclaimed);
  },
  x: () => here().querySelector("[data-pick]")?.click(),
  l: async () => {
    const row = await open(here());
    formOf(row)?.querySelector("[data-why]")?.focus();
  },
  t: async () => {
    const row = await open(here());
    const returning = formOf(row)?.querySelector("[data-return]");
    if (!returning) return;
    returning.open = true;
    returning.querySelector("input:not([type=hidden])")?.focus();
  },
  e: async () => {
    const row = await open(here());
    const large = (formOf(row) ?? document).querySelector("[data-large]");
    if (large) window.open(large.href, "_blank", "noopener");
  },
  Enter: () => {
    const row = here();
    const form = formOf(row)?.querySelector("form[data-mark]");
    return form && document.activeElement.matches("[data-open]") ? form.requestSubmit() : open(row).then(focusOn);
  },
  "?": () => document.querySelector("[data-keys-help]")?.showModal(),
};

function onKey(event) {
  const { target } = event;
  if (!keysAreOn() || document.querySelector("dialog[open]")) return;
  const inside = target.closest?.("form[data-mark]");
  if (event.key === "Escape" && target.closest?.("[data-form-of]")) return focusOn(rowOf(target));
  if (event.key === "Enter" && event.ctrlKey && inside) return inside.requestSubmit();
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(target)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const arrowInRadios = key.startsWith("Arrow") && target.matches("input");
  const ownEnter = key === "Enter" && !target.matches("[data-open], body");
  if (!Object.hasOwn(deeds, key) || arrowInRadios || ownEnter) return;
  event.preventDefault();
  deeds[key]();
}

function start() {
  watchToggle(offerAccept);
  restAll();
  document.addEventListener("keydown", onKey);
  lines.addEventListener("input", (event) => {
    const holder = event.target.closest("[data-form-of]");
    if (holder) holder.dataset.touched = "1";
    restAll();
  });
  lines.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-mark]")) {
      delete event.target.closest("[data-form-of]")?.dataset.touched;
      return;
    }
    event.preventDefault();
    save(event.target, event.submitter);
  });
  lines.addEventListener("change", (event) => {
    const { target } = event;
    const why = target.matches("[data-used]") && target.form.querySelector("[data-why]");
    if (!why || !target.value) return;
    why.value = target.value;
    target.value = "";
    why.focus();
  });
  lines.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-open]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(rowOf(link)).then(focusOn);
  });
  addEventListener("beforeunload", (event) => {
    if (kept.size || document.querySelector("[data-touched]")) event.preventDefault();
  });
  const row = current();
  if (row && !document.activeElement.matches("input, textarea, select")) focusOn(row);
}

if (lines) start();
