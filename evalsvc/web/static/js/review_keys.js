/* Whether keys are on: remembered in this browser, switched with one button. */
const NAME = "evalsvc:review-keys";

export const keysAreOn = () => localStorage.getItem(NAME) !== "off";

export function showKeys(on) {
  for (const place of document.querySelectorAll("[data-keys]")) place.hidden = !on;
}

export function watchToggle(shown) {
  const bar = document.querySelector("[data-keys-bar]");
  const button = document.querySelector("[data-keys-toggle]");
  if (!bar || !button) return;
  const show = () => {
    showKeys(keysAreOn());
    shown();
    button.textContent = keysAreOn() ? button.dataset.off : button.dataset.on;
  };
  const help = document.querySelector("[data-keys-help]");
  help?.querySelector("[data-keys-close]").addEventListener("click", () => help.close());
  bar.hidden = false;
  show();
  button.addEventListener("click", () => {
    localStorage.setItem(NAME, keysAreOn() ? "off" : "on");
    show();
  });
}
