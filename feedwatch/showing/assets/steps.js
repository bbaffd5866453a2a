// From change to change and from comparison to comparison by key; the links for it are on the page without this, too.
// Who dictates or has keys of his own switches them off in the line that names them; the browser remembers it.

const KEYS = { j: 1, n: 1, k: -1, p: -1 };
const hint = document.querySelector(".keys");
const on = hint?.querySelector("input") ?? { checked: true };

document.addEventListener("keydown", (event) => {
  if (!on.checked || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const side = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  const way = side && document.querySelector(`a[rel="${side}"]`);
  if (way) location.assign(way.href);
  const step = KEYS[event.key];
  const last = document.querySelectorAll("th.number").length;
  if (!step || !last) return;
  const now = Number(/^#[cm](\d+)$/.exec(location.hash)?.[1] ?? 0);
  location.replace(`#c${Math.min(Math.max(now + step, 1), last)}`);
});

if (hint) {
  hint.hidden = false;
  try {
    on.checked = localStorage.getItem("keys") !== "off";
    on.addEventListener("change", () => localStorage.setItem("keys", on.checked ? "on" : "off"));
  } catch {
    // a browser that keeps nothing: they are on
  }
}
