// One line of the sheet: keeps what is typed, sends it, and says how far that has come.

import { emptyResting, restFields } from "./applies.js";
import { drop, newKey, put, refuse, untell, word } from "./drafts.js";
import { send } from "./send.js";
import { swapAll, swapOne, tellAll } from "./swap.js";

const PAUSE = 1500;
const SOON = 5000;
const LATEST = 60000;
const LOOK = 100;
const OWN = new Set(["csrf", "seen", "key", "clear"]);
const SIGNS = { offline: "sv--e", busy: "sv--e", out: "sv--e", stranger: "sv--e", refused: "sv--e", error: "sv--e", conflict: "sv--w" };
const WORDS = { stranger: "other" };

function isPick(field) {
  return ["radio", "checkbox"].includes(field.type) || field.tagName === "SELECT";
}

export class Line {
  // `told` hears every change of state.
  constructor(form, told) {
    this.form = form;
    this.told = told;
    this.article = form.closest("article");
    restFields(form);
    this.known = JSON.stringify(this.shown());
    this.state = "";
    this.isBusy = false;
    this.isStopped = false;
    this.isStored = true;
    this.isKept = false;
    this.wait = SOON;
    this.found = [];
    this.held = [];
    this.visited = new Set();
    this.listen();
  }

  get code() { return this.form.dataset.line; }
  get version() { return Number(this.form.elements.seen.value); }
  set version(number) { this.form.elements.seen.value = number; }
  get isDirty() { return this.text() !== this.known; }

  fields() {
    return [...new FormData(this.form)].filter(([name]) => !OWN.has(name));
  }

  // What the service put into the page, whatever the browser or an early hand made of it.
  shown() {
    const found = [];
    for (const field of this.form.elements) {
      if (!field.name || OWN.has(field.name) || field.matches(":disabled")) continue;
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.defaultChecked) found.push([field.name, field.value]);
      } else if (field.tagName === "SELECT") {
        const chosen = [...field.options].find((option) => option.defaultSelected);
        found.push([field.name, (chosen ?? field.options[0]).value]);
      } else if (field.tagName !== "BUTTON") found.push([field.name, field.defaultValue]);
    }
    return found;
  }

  text() { return JSON.stringify(this.fields()); }

  listen() {
    this.form.addEventListener("input", () => restFields(this.form));
    this.form.addEventListener("input", () => this.touch(PAUSE));
    this.form.addEventListener("change", (event) => this.touch(isPick(event.target) ? 0 : PAUSE));
    this.form.addEventListener("focusout", (event) => this.left(event.target, event.relatedTarget));
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.querySelector("[data-plain]").hidden = true;
  }

  // Whoever goes on to the next field of the same line is still answering it.
  left(field, next) {
    this.visited.add(field);
    if (!this.form.contains(next)) this.touch(0);
    if (this.held.some((fault) => this.isDue(fault, next))) this.faults(this.found, next);
  }

  // Once its field or the whole line is left: half an answer is not a wrong one.
  isDue({ id }, active) {
    if (!this.form.contains(active)) return true;
    const field = document.getElementById(id);
    if (!field || field.contains(active)) return field?.hasAttribute("aria-invalid") ?? false;
    return [...this.visited].some((each) => field.contains(each));
  }

  submit(event) {
    if (this.isLeaving) return;
    event.preventDefault();
    const button = event.submitter;
    if (button?.hasAttribute("data-copy")) this.copy(button.formAction);
    else if (button?.hasAttribute("data-supply")) this.supply(button);
    else if (button?.hasAttribute("data-clear")) this.clear();
    else this.touch(0);
  }

  // A returned line goes back once everything that was typed has arrived and can be read. While a
  // submit is still being told to everybody the browser takes no other: so this one waits first.
  async supply(button) {
    await new Promise((done) => setTimeout(done));
    while (this.isBusy) await new Promise((done) => setTimeout(done, LOOK));
    await this.save();
    if (this.isDirty || this.state === "error") return;
    this.isLeaving = true;
    this.form.requestSubmit(button);
  }

  clear() {
    for (const field of this.form.elements) {
      if (field.name === "note" || OWN.has(field.name) || field.readOnly) continue;
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else if (field.tagName !== "BUTTON" && field.tagName !== "FIELDSET") field.value = "";
    }
    restFields(this.form);
    this.touch(0);
  }

  fill(fields) {
    for (const field of this.form.elements) {
      if (!field.name || OWN.has(field.name) || field.readOnly) continue;
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
      else if (field.tagName !== "BUTTON") field.value = values[0] ?? "";
    }
    restFields(this.form);
    const note = this.form.querySelector("details");
    if (note && this.form.elements.note.value) note.open = true;
  }

  draft() {
    const { sheet, line } = this.form.dataset;
    const page = `${location.pathname}#${this.article.id}`;
    return { sheet, line, version: this.version, fields: this.fields(), key: this.key, url: this.form.action, page, at: Date.now() };
  }

  // Kept at once, sent after a pause; a change of the content is a new save with a new key.
  touch(pause) {
    if (!this.isDirty) {
      if (this.isKept && this.state !== "conflict") drop(this.draft());
      this.isKept = false;
      return;
    }
    const text = this.text();
    if (text === this.refusedText) {
      this.rest();
      return;
    }
    this.isKept = true;
    if (this.keyOf !== text) {
      this.key = newKey();
      this.keyOf = text;
    }
    this.isStored = put(this.draft());
    if (this.state === "refused") this.isStopped = false;
    this.later(pause);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isBusy || this.isStopped || !this.isDirty) return;
    const [draft, text] = [this.draft(), this.text()];
    this.isBusy = true;
    this.say("saving");
    const answer = await send(draft.url, draft.fields, draft.version, draft.key);
    this.isBusy = false;
    if (answer.kind === "kept") this.keep(draft, text, answer.body);
    else this.trouble(answer, draft);
  }

  keep(draft, text, body) {
    drop(draft);
    this.forgive();
    this.known = text;
    this.version = body.version;
    this.wait = SOON;
    this.isStored = true;
    this.show(body);
    if (this.isDirty) {
      this.isStored = put({ ...this.draft(), version: body.version });
      this.later(0);
    }
  }

  trouble({ kind, body }, draft) {
    if (kind === "conflict" && JSON.stringify(draft.fields) !== this.text()) {
      this.later(0);
    } else if (kind === "conflict") {
      this.choose(draft, body);
    } else if (kind === "refused") {
      this.isStopped = true;
      this.refused = refuse(draft, body.what);
      this.refusedText = JSON.stringify(draft.fields);
      this.say("refused", body);
      this.touch(0);
    } else {
      this.say(kind);
      this.later(this.wait);
      this.wait = Math.min(this.wait * 2, LATEST);
    }
  }

  // Typed once more as it was refused: nothing to send.
  rest() {
    clearTimeout(this.timer);
    this.isStopped = true;
    drop(this.draft());
  }

  // What was kept of a refusal is over once the line is saved.
  forgive() {
    if (!this.refused) return;
    drop(this.refused);
    untell("unsent", this.code);
    this.refused = this.refusedText = undefined;
  }

  again() {
    this.wait = SOON;
    if (this.isDirty) this.later(0);
  }

  async copy(url) {
    if (this.isBusy || this.isStopped) return;
    this.isBusy = true;
    this.say("saving");
    const answer = await send(url, this.fields(), this.version, newKey());
    this.isBusy = false;
    if (answer.kind === "kept") {
      drop(this.draft());
      swapAll(answer.body.parts);
      tellAll(answer.body.texts);
      this.replace(answer.body.article);
    } else if (answer.kind === "conflict") {
      this.trouble(answer, this.draft());
    } else if (answer.kind === "refused") {
      this.isStopped = true;
      this.say("refused", answer.body);
    } else this.say(answer.kind);
  }

  // Another form takes the place of this one; the caller makes a new Line of it.
  replace(html) {
    this.isStopped = true;
    const article = swapOne(this.article, html);
    this.told(this, "replaced", { article });
  }

  // Two versions: nothing is sent until one is chosen. The draft stays until then.
  choose(draft, body) {
    this.isStopped = true;
    this.say("conflict");
    this.article.querySelector(".conf")?.remove();
    this.form.insertAdjacentHTML("beforebegin", body.html);
    const isHere = this.form.contains(document.activeElement);
    this.form.hidden = true;
    const block = this.article.querySelector(".conf");
    block.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choose]")?.dataset.choose;
      if (choice) this.chosen(choice, draft, body, block);
    });
    if (isHere) block.querySelector("button").focus();
  }

  chosen(choice, draft, body, block) {
    drop(draft);
    if (choice === "theirs") {
      swapAll(body.parts);
      tellAll(body.texts);
      this.replace(body.article);
      return;
    }
    this.form.hidden = false;
    this.isStopped = false;
    this.forgive();
    this.version = body.version;
    this.fill(draft.fields);
    this.known = "";
    if (choice === "mine") {
      block.remove();
      this.touch(0);
    } else {
      block.querySelector(".conf__a").remove();
      this.key = newKey();
      this.keyOf = this.text();
      this.isStored = put(this.draft());
      this.form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    }
  }

  show(body) {
    const points = this.article.querySelector(".clw dd");
    points.textContent = body.points;
    points.className = body.points === "–" ? "no" : "cl";
    this.article.classList.toggle("crit--err", body.state === "error");
    this.article.querySelector(".conf")?.remove();
    this.form.querySelector("[data-clear]").hidden = false;
    if (body.state === "saved" && !this.isDirty) emptyResting(this.form);
    this.faults(body.faults, document.activeElement);
    swapAll(body.parts);
    tellAll(body.texts);
    this.say(body.state, body);
  }

  // What is not due yet is held back until the next field is left.
  faults(faults, active) {
    const due = faults.filter((fault) => this.isDue(fault, active));
    this.found = faults;
    this.held = faults.filter((fault) => !due.includes(fault));
    for (const old of this.form.querySelectorAll("p.err")) old.remove();
    for (const field of this.form.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      field.classList.remove("in--err", "ta--err", "sel--err");
    }
    for (const fault of due) this.fault(fault);
    this.summary(faults);
  }

  fault({ id, text }) {
    const field = document.getElementById(id);
    if (!field) return;
    const said = word("fault").firstElementChild;
    said.id = `${id}-error`;
    said.querySelector("span").textContent = text;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", said.id);
    if (field.classList[0]) field.classList.add(`${field.classList[0]}--err`);
    field.closest("fieldset").append(said);
  }

  // The list above the sheet: what is put right leaves it.
  summary(faults) {
    for (const link of document.querySelectorAll(`.esum a[href^="#${this.article.id}--"]`)) {
      if (!faults.length) link.closest("li").remove();
    }
    const list = document.querySelector(".esum");
    if (list && !list.querySelector("li")) list.remove();
  }

  say(state, body = {}) {
    this.state = state;
    const place = this.article.querySelector("[data-saved]");
    const sign = word(WORDS[state] ?? state);
    const time = sign.querySelector("time");
    if (time) time.textContent = body.time;
    place.className = `sv ${SIGNS[state] ?? ""}`.trim();
    place.replaceChildren(sign);
    this.told(this, state, body);
  }
}
