// Turns the pages of a document beside the line; without it each page is a link.

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-pages] [data-turn]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const figure = link.closest("[data-pages]");
  const [now, last] = [Number(figure.dataset.page), Number(figure.dataset.last)];
  const page = Math.min(Math.max(now + Number(link.dataset.turn), 1), last);
  if (page === now) return;
  figure.dataset.page = page;
  const picture = figure.querySelector("img");
  const told = (text) => text.replace(String(now), String(page));
  picture.src = picture.src.replace(/\/pages\/\d+\.png/, `/pages/${page}.png`);
  const at = figure.querySelector("[data-at]");
  at.textContent = told(at.textContent);
  picture.alt = told(picture.alt);
  const large = new URL(figure.querySelector("[data-large]").href);
  large.searchParams.set("page", page);
  figure.querySelector("[data-large]").href = large;
});
