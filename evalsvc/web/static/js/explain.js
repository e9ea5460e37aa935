// Explanations keep themselves as drafts; without this script each has its own button.

import { all, drop, isRefused, newKey, put, refuse, tellRefused, word } from "./drafts.js";
import { send } from "./send.js";

const PAUSE = 1500;
const SOON = 5000;
const LATEST = 60000;
const SAID = ["text", "wanted"];
const AGAIN = ["offline", "busy", "out", "stranger"];
const drafts = [];

class Draft {
  constructor(form) {
    this.form = form;
    this.known = this.text();
    this.wait = SOON;
    form.addEventListener("input", () => this.touch(PAUSE));
    form.addEventListener("change", () => this.touch(0));
    form.addEventListener("submit", (event) => this.submit(event));
    form.querySelector("[data-save]").hidden = true;
  }

  get isDirty() { return this.text() !== this.known; }
  get isEmpty() { return !this.form.elements.text.value.trim(); }

  fields() {
    return [...new FormData(this.form)].filter(([name]) => [...SAID, "draft"].includes(name));
  }

  text() {
    return JSON.stringify(this.fields().filter(([name]) => SAID.includes(name)));
  }

  draft() {
    const { sheet, line } = this.form.dataset;
    const page = `${location.pathname}#${this.form.closest("tr").previousElementSibling.id}`;
    return { sheet, line, version: 0, fields: this.fields(), key: this.key, url: this.form.action, page, at: Date.now() };
  }

  touch(pause) {
    if (!this.isDirty) {
      drop(this.draft());
      return;
    }
    if (this.refused) {
      this.refused = refuse(this.draft(), this.refused.refused);
      return;
    }
    this.key = newKey();
    this.isStored = put(this.draft());
    this.later(pause);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.isBusy || this.isStopped || !this.isDirty || this.isEmpty) return;
    const [draft, text] = [this.draft(), this.text()];
    this.isBusy = true;
    this.say("saving");
    const { kind, body } = await send(draft.url, draft.fields, this.form.elements.seen.value, draft.key);
    this.isBusy = false;
    if (kind === "kept") this.keep(draft, text, body);
    else if (AGAIN.includes(kind)) {
      this.say(kind === "stranger" ? "other" : kind);
      this.later(this.wait);
      this.wait = Math.min(this.wait * 2, LATEST);
    } else this.stop(kind, body, draft);
  }

  keep(draft, text, body) {
    drop(draft);
    this.known = text;
    this.wait = SOON;
    this.form.elements.draft.value = body.draft;
    this.say("saved", body.time);
    if (this.isDirty) this.touch(0);
  }

  // Two versions, or too late: the button sends the text once more, and the page shows both.
  stop(kind, body, draft) {
    this.isStopped = true;
    this.say(kind);
    this.form.querySelector("[data-save]").hidden = false;
    if (kind !== "refused") return;
    this.refused = refuse(draft, body.what);
    tellRefused(this.refused);
  }

  // A save that is on its way would make this one a second version.
  submit(event) {
    if (this.isBusy) {
      event.preventDefault();
      setTimeout(() => this.form.requestSubmit(event.submitter), 100);
      return;
    }
    clearTimeout(this.timer);
    drop(this.draft());
    if (this.refused) drop(this.refused);
    this.known = this.text();
  }

  say(state, time = "") {
    const sign = word(state);
    const place = sign.querySelector("time");
    if (place) place.textContent = time;
    this.form.querySelector("[data-draft]").replaceChildren(sign);
  }

  // What an earlier visit could not deliver.
  fill(fields) {
    for (const [name, value] of fields) {
      if (!SAID.includes(name)) continue;
      const field = this.form.elements[name];
      if (field) field.value = value;
    }
    this.form.closest("details").open = true;
    this.touch(0);
  }
}

for (const form of document.querySelectorAll("form.contest[data-line]")) drafts.push(new Draft(form));
for (const kept of all().filter((each) => !isRefused(each))) {
  const mine = drafts.find(({ form }) => form.dataset.sheet === kept.sheet && form.dataset.line === kept.line);
  if (mine) mine.fill(kept.fields);
}
addEventListener("online", () => drafts.forEach((each) => each.later(0)));
addEventListener("beforeunload", (event) => {
  if (drafts.some((each) => each.isDirty && (!each.isStored || each.isEmpty))) event.preventDefault();
});
