// From change to change and from comparison to comparison by key; the links for it are on the page without this, too.

const KEYS = { j: 1, n: 1, k: -1, p: -1 };

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  const side = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const way = side && document.querySelector(`a[rel="${side}"]`);
  if (way) location.assign(way.href);
  const step = KEYS[event.key];
  const last = document.querySelectorAll("th.number").length;
  if (!step || !last) return;
  const now = Number(/^#[cm](\d+)$/.exec(location.hash)?.[1] ?? 0);
  location.replace(`#c${Math.min(Math.max(now + step, 1), last)}`);
});

for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
