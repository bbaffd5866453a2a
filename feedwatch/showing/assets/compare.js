// Two versions of an article, whichever a reader asks for: compare.html?article=ID&old=1&new=4

import { compare } from "./diff.js";
import { make, tableOf } from "./table.js";

const place = document.getElementById("compare");
const words = JSON.parse(place.dataset.words);
const say = {
  ...words,
  put: (phrase, values) => phrase.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole),
  number: (n) => String(n).replace(/\B(?=(\d{3})+$)/g, words.thousands),
  count: (forms, n) => say.put(forms[words.singular.includes(n) ? 0 : 1], { n: say.number(n) }),
};

const tell = (text) => place.replaceChildren(make("p", { class: "lead" }, text));

/** A text of versions.json, its lines put in. */
function textOf(known, version, text) {
  const line = (k) => known.lines[k][1];
  return {
    ...version,
    title: line(text.title),
    standfirst: line(text.standfirst),
    paragraphs: text.blocks.map(line),
    kinds: text.blocks.map((k) => known.lines[k][0]),
  };
}

/** The ways from here: the article, its feed, two other versions of it. */
function offer(article, folder, from, to, last) {
  const form = document.getElementById("choose");
  form.elements.article.value = article;
  form.elements.old.value = from;
  form.elements.new.value = to;
  form.elements.old.max = form.elements.new.max = last;
  form.hidden = false;
  document.getElementById("versions").href = `${folder}index.html`;
  document.getElementById("feed").href = `${folder}changes.atom`;
  document.getElementById("ways").hidden = false;
}

async function show() {
  const asked = new URLSearchParams(location.search);
  const article = asked.get("article") ?? "";
  const numbers = [asked.get("old"), asked.get("new")];
  if (!/^[0-9a-z]{4,64}$/.test(article)) return tell(say.compare_ask);
  const folder = `articles/${article.slice(0, 2)}/${article}/`;
  const answer = await fetch(`${folder}versions.json`);
  const known = answer.ok ? await answer.json() : { versions: [] };
  const [from, to] = numbers.map(Number).sort((a, b) => a - b);
  const [old, now] = [from, to].map((n) => known.versions.find((version) => version.number === n));
  const last = known.versions.at(-1)?.number;
  if (last !== undefined) offer(article, folder, ...(old && now ? [from, to] : [0, last]), last);
  if (numbers.some((n) => !/^\d{1,7}$/.test(n ?? "")) || !old || !now) return tell(say.compare_missing);
  if (known.pages.some(([a, b]) => a === from && b === to)) return location.replace(`${folder}${from}-${to}.html`);

  const [before, after] = [textOf(known, old, old.base ?? old), textOf(known, now, now)];
  const comparison = compare(before, after);
  const heading = document.querySelector("h1");
  heading.textContent = after.title || say.no_headline;
  heading.dir = now.direction;
  if (now.language) heading.lang = now.language;
  const compared = document.getElementById("compared");
  compared.textContent = say.put(say.compared, { old: from, new: to });
  compared.hidden = false;
  document.title = `${compared.textContent}: ${heading.textContent}`;
  const rows = [comparison.title, comparison.standfirst, ...comparison.rows];
  const same = rows.every((row) => !row || row.op === "equal");
  place.replaceChildren(
    ...(same ? [make("p", {}, say.nothing_differs)] : []),
    make("p", { class: "legend" }, say.legend),
    tableOf(comparison, before, after, say),
  );
}

show().catch(() => tell(say.compare_missing));
