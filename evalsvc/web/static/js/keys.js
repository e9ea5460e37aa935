/* Letters for what stands on the page with data-key; nothing happens while somebody types. */
import { keysAreOn } from "./review_keys.js";

const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");

document.querySelector("[data-keys-note]")?.toggleAttribute("hidden", !keysAreOn());

document.addEventListener("keydown", (event) => {
  if (!keysAreOn() || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    if (event.key === "Enter" && typing(event.target)) event.target.form?.requestSubmit();
    return;
  }
  if (event.key === "Escape") event.target.blur?.();
  if (typing(event.target)) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.matches("textarea")) found.focus();
  else found.click();
});
