// Every page of a unit: delivers what waits in this browser, and asks before signing out loses it.

import { all, drop, eraseAll, isRefused, refuse, tell, tellRefused, untell } from "./drafts.js";
import { send } from "./send.js";

const DRAINED = 2500;
const LOOK = 100;

function isOnPage({ sheet, line }) {
  return document.querySelector(`form[data-sheet="${sheet}"][data-line="${CSS.escape(line)}"]`);
}

const unsent = () => all().filter((each) => !isRefused(each));

async function deliverElsewhere() {
  const [delivered, waiting] = [[], []];
  for (const draft of unsent().filter((each) => !isOnPage(each))) {
    const { kind, body } = await send(draft.url, draft.fields, draft.version, draft.key);
    if (kind === "kept") {
      drop(draft);
      delivered.push(draft.line);
    } else if (kind === "refused") tellRefused(refuse(draft, body.what));
    else waiting.push(draft);
  }
  if (delivered.length) {
    tell("delivered", (box) => { box.querySelector("span").textContent = delivered.join(", "); });
  }
  tellWaiting(waiting);
}

function tellWaiting(drafts) {
  if (!drafts.length) {
    untell("waiting");
    return;
  }
  tell("waiting", (box) => {
    for (const draft of drafts) {
      const link = document.createElement("a");
      link.href = draft.page;
      link.textContent = draft.line;
      const item = document.createElement("li");
      item.append(link);
      box.querySelector("ul").append(item);
    }
  });
}

// A save may just be on its way.
async function drained() {
  for (let waited = 0; waited < DRAINED && navigator.onLine && unsent().length; waited += LOOK) {
    await new Promise((done) => setTimeout(done, LOOK));
  }
  return all();
}

async function leave(event) {
  const form = event.currentTarget;
  if (!all().length) return;
  event.preventDefault();
  const left = await drained();
  if (!left.length) {
    form.submit();
    return;
  }
  const dialog = document.getElementById("leaving");
  dialog.querySelector("[data-lines]").textContent = left.map(({ line }) => line).join(", ");
  dialog.querySelector("[value=leave]").onclick = () => {
    eraseAll();
    form.submit();
  };
  dialog.querySelector("[value=stay]").onclick = () => dialog.close();
  dialog.showModal();
}

for (const form of document.querySelectorAll('form[action$="/sign-out"]')) {
  form.addEventListener("submit", leave);
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
addEventListener("online", deliverElsewhere);
all().filter(isRefused).forEach(tellRefused);
deliverElsewhere();
