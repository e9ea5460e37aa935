// Puts pieces of a page that the service has drawn in the place of the old ones.

export function swapOne(old, html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const fresh = holder.content.firstElementChild;
  if (old.open) fresh.open = true;
  old.replaceWith(fresh);
  return fresh;
}

// What somebody is in right now stays as it is until the next time.
export function swapAll(parts = {}) {
  for (const [selector, html] of Object.entries(parts)) {
    const old = document.querySelector(selector);
    if (old && !old.contains(document.activeElement)) swapOne(old, html);
  }
}

export function tellAll(texts = {}) {
  for (const [selector, text] of Object.entries(texts)) {
    for (const place of document.querySelectorAll(selector)) place.textContent = text;
  }
}
