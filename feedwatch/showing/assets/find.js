// The page for finding an article: by words, or by its address. find.html?q=ferry+fire&in=n, find.html?q=https://...

import { articleId, canonicalKey } from "./keys.js";
import { Search } from "./search.js";

const SHOWN = 10; // at once: their entries lie in as many files

const place = document.getElementById("found");
const form = document.getElementById("search");
const words = JSON.parse(place.dataset.words);
const put = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, words.thousands);
const count = (forms, n) => put(forms[words.singular.includes(n) ? 0 : 1], { n: number(n) });

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const tell = (text) => place.replaceChildren(make("p", { class: "lead" }, text));
const folderOf = (id) => `articles/${id.slice(0, 2)}/${id}/`;

function itemOf([id, source, url, day, changes, language, title, ...earlier]) {
  if (!/^[0-9a-z]{4,64}$/.test(id)) return "";
  const texted = { dir: "auto", ...(language ? { lang: language } : {}) };
  const feed = make("a", { href: `${folderOf(id)}changes.atom`, type: "application/atom+xml" }, words.feed);
  const told = [make("bdi", {}, source), ` · ${day} · ${count(words.changes, changes)} · `, feed];
  if (/^https?:/.test(url)) told.push(" · ", make("a", { href: url, rel: "nofollow noreferrer noopener" }, words.article_now));
  return make(
    "li",
    {},
    make("a", { href: `${folderOf(id)}index.html`, ...texted }, title || words.no_headline),
    " ",
    make("span", { class: "meta" }, ...told),
    ...earlier.map((other) => make("p", { class: "quiet", ...texted }, put(words.formerly, { title: other }))),
  );
}

/** Some results after a line that says what they are, and more on request. */
async function list(heading, result) {
  const items = make("ol", { class: "articles" });
  const more = make("button", { type: "button", class: "button" }, words.more);
  const step = async () => {
    const { found, isDone } = await result.next(SHOWN);
    items.append(...found.map(itemOf));
    more.hidden = isDone;
    return found.length;
  };
  more.addEventListener("click", () => step().catch(() => tell(words.failed)));
  if (!(await step()) && more.hidden) return tell(words.nothing);
  const cut = result.isCut ? [make("p", { class: "quiet" }, words.narrow)] : [];
  place.replaceChildren(make("p", { class: "lead" }, heading), ...cut, items, more);
}

async function byAddress(address, search) {
  const key = canonicalKey(address);
  if (!key) return tell(words.not_an_address);
  const id = articleId(key);
  const entry = await search.byId(id);
  if (entry) return place.replaceChildren(make("p", { class: "lead" }, words.watched), make("ol", { class: "articles" }, itemOf(entry)));
  const path = key.replace(/^https:\/\/[^/]*/, "").replace(/[?#].*/, "");
  const result = await search.find(decodeURIComponent(path.split("/").at(-1) || path), "n");
  return result.count ? list(words.unwatched, result) : tell(words.unwatched.split(".")[0] + ".");
}

async function show() {
  const asked = new URLSearchParams(location.search);
  const [text, field] = [(asked.get("q") ?? "").trim(), asked.get("in") ?? ""];
  form.elements.q.value = text;
  form.elements.in.value = /^[nar]$/.test(field) ? field : "";
  if (!text) return;
  tell(words.searching);
  const search = new Search("search/");
  if (/^https?:\/\//i.test(text)) return byAddress(text, search);
  const result = await search.find(text, form.elements.in.value);
  await list(count(result.isCut ? words.found : words.found_newest, result.count), result);
}

// The bookmarklet is for other sites' pages; here, where this site's policy forbids it, it leads nowhere.
document.getElementById("bookmark").addEventListener("click", (event) => event.preventDefault());
place.setAttribute("aria-busy", "true");
show().catch(() => tell(words.failed)).finally(() => place.setAttribute("aria-busy", "false"));
