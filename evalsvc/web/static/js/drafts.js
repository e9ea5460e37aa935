// Text that has not reached the service: kept in this browser for one account, never for another.

const PREFIX = "evalsvc:";

export const desk = document.getElementById("desk");
const mine = `${PREFIX}${desk.dataset.account}:`;

function nameOf({ sheet, line, version, refused }) {
  const name = `${mine}${sheet}:${line}:${version}`;
  return refused === undefined ? name : `${name}:refused`;
}

// Whether it is stored now; a full or forbidden storage is no reason to stop typing.
export function put(draft) {
  try {
    localStorage.setItem(nameOf(draft), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function drop(draft) {
  try {
    localStorage.removeItem(nameOf(draft));
  } catch {
    // Nothing could be stored, so nothing is left.
  }
}

export function all() {
  const found = [];
  try {
    for (let at = 0; at < localStorage.length; at += 1) {
      const name = localStorage.key(at);
      if (name.startsWith(mine)) found.push(read(name));
    }
  } catch {
    return [];
  }
  return found.filter(Boolean).sort((one, other) => one.at - other.at);
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function eraseAll() {
  for (const draft of all()) drop(draft);
}

// Random enough that no two saves of one sheet have the same; crypto.randomUUID asks for HTTPS.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function word(name) {
  return desk.querySelector(`template[data-word="${name}"]`).content.cloneNode(true);
}

// A notice above the sheet; a second one of the same name about the same replaces the first. One
// that says nothing new leaves it in place: somebody may be about to click on it.
export function tell(name, fill = () => {}, about = "") {
  const place = document.querySelector("[data-notices]");
  if (!place) return;
  const box = document.createElement("div");
  box.dataset.notice = name + about;
  box.setAttribute("role", "status");
  box.append(word(name));
  fill(box);
  if (told(name, about)?.isEqualNode(box)) return;
  untell(name, about);
  place.append(box);
}

// Too late, or not allowed any more: kept apart, and never sent again by itself.
export function refuse(draft, what = "") {
  const refused = { ...draft, refused: what };
  drop(draft);
  put(refused);
  return refused;
}

export const isRefused = (draft) => "refused" in draft;

export function tellRefused(draft) {
  const values = draft.fields.map(([name, value]) => (name === "draft" ? "" : value));
  const fill = (box) => {
    box.querySelector("p").textContent = `${draft.line}: ${draft.refused}`;
    box.querySelector("span").textContent = values.filter(Boolean).join("; ");
    box.querySelector("button").addEventListener("click", () => {
      drop(draft);
      box.remove();
    });
  };
  tell("unsent", fill, draft.line);
}

export function untell(name, about = "") {
  told(name, about)?.remove();
}

function told(name, about) {
  return document.querySelector(`[data-notice="${CSS.escape(name + about)}"]`);
}
