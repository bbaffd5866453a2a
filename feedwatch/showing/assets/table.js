// A comparison as a table, in the browser: the same lines as feedwatch.showing.table, the same elements as its template.
//
// Every text of a source enters the page as text, never as markup.

import { isSpace } from "./tokens.js";

const BESIDE = 1;
const FEWEST_FOLDED = 2;
const SPANS = [31536000, 2592000, 604800, 86400, 3600, 60];

/** An element; false attributes are left out, children are elements and texts. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** For each place of a moved row: whether its paragraph stood further down before. */
function movedUp(rows) {
  const found = new Map();
  let passed = -1;
  rows.forEach((row, index) => {
    if (row.op === "move") found.set(index, row.old[0] > passed);
    else if (row.old.length) passed = Math.max(passed, row.old.at(-1));
  });
  return found;
}

/** As in "about 4 hours later": as feedwatch.showing.words says it. */
function later(seconds, say) {
  const unit = SPANS.findIndex((span) => span === 60 || seconds >= (span === 3600 ? 3570 : 1.5 * span));
  return say.count(say.later.split("|").slice(2 * unit), Math.max(1, Math.floor(seconds / SPANS[unit] + 0.5)));
}

export function linesOf({ title, standfirst, rows }, old, now) {
  const lines = [];
  let count = 0;
  for (const [part, row] of [["headline", title], ["standfirst", standfirst]]) {
    if (!row) continue;
    if (row.op !== "equal") count++;
    lines.push(lineOf(row, part, ["p", "p"], count, false));
  }
  const upwards = movedUp(rows);
  const numbers = rows.map((row) => (row.op === "equal" ? count : ++count));
  const leaving = Array.from(upwards.keys(), (index) => [rows[index].old[0], index]).sort((a, b) => a[0] - b[0]);
  const kind = (text, places) => text.kinds[places[0]] ?? "p";
  const left = (index) => ({
    op: "left",
    part: "body",
    old: paragraphsOf(rows[index].spans, "insert", kind(old, rows[index].old), false),
    now: [],
    change: numbers[index],
    up: upwards.get(index),
  });
  rows.forEach((row, index) => {
    if (row.op !== "move" && row.old.length) {
      while (leaving.length && leaving[0][0] < row.old[0]) lines.push(left(leaving.shift()[1]));
    }
    lines.push(lineOf(row, "body", [kind(old, row.old), kind(now, row.new)], numbers[index], upwards.get(index) ?? false));
  });
  for (const [, index] of leaving) lines.push(left(index));
  return { lines: folded(lines), changes: count };
}

function lineOf(row, part, kinds, change, up) {
  const joins = row.op === "split" || row.op === "merge";
  const spans = joins ? row.spans.map(([op, text]) => [isSpace(text) && !text.includes("\n") ? "equal" : op, text]) : row.spans;
  const before = paragraphsOf(spans, "insert", kinds[0], row.old.length > 1);
  const after = paragraphsOf(spans, "delete", kinds[1], row.new.length > 1);
  return {
    op: row.op,
    part,
    old: row.op === "insert" || row.op === "move" ? [] : before,
    now: row.op === "delete" ? [] : after,
    change: row.op === "equal" ? 0 : change,
    up,
  };
}

/** One side of a row; several paragraphs are joined by newlines in its spans. */
function paragraphsOf(spans, otherSide, kind, many) {
  const found = [[]];
  for (const [op, text] of spans) {
    if (op === otherSide) continue;
    (many ? text.split("\n") : [text]).forEach((piece, n) => {
      if (n) found.push([]);
      if (piece) found.at(-1).push([op, piece]);
    });
  }
  return found.map((parts) => ({ kind, spans: parts }));
}

function folded(lines) {
  const runs = [];
  for (const line of lines) {
    const same = line.part === "body" && !line.change;
    if (runs.length && runs.at(-1).same === same) runs.at(-1).lines.push(line);
    else runs.push({ same, lines: [line] });
  }
  return runs.flatMap(({ same, lines: run }, n) => {
    const first = n > 0 && runs[n - 1].lines.at(-1).change ? BESIDE : 0;
    const last = run.length - (n < runs.length - 1 ? BESIDE : 0);
    if (!same || last - first < FEWEST_FOLDED) return run;
    const paragraphs = run.slice(first, last).flatMap((line) => line.now);
    return [...run.slice(0, first), { fold: paragraphs }, ...run.slice(last)];
  });
}

// ------------------------------------------------------------------------------------------------------ elements

const MARKS = { insert: ["ins", "{+", "+}"], delete: ["del", "[-", "-]"] };

function marked(paragraph) {
  const parts = paragraph.spans.map(([op, text]) => {
    if (op === "equal") return text;
    const [name, open, close] = MARKS[op];
    return make(name, {}, make("span", {}, open), text, make("span", {}, close));
  });
  return make("p", { class: paragraph.kind }, ...parts);
}

const written = (paragraphs, { language, direction }) =>
  make("div", { class: "text", lang: language ?? false, dir: direction }, ...paragraphs.map(marked));

/** The table of a comparison; `say` has the words. */
export function tableOf(comparison, old, now, say) {
  const { lines, changes } = linesOf(comparison, old, now);
  const label = (text, href, arrow, id = false) =>
    make("p", { class: "label", id }, href ? make("a", { href }, `${text} `, make("span", { "aria-hidden": "true" }, arrow)) : text);
  const labelOf = (line, side) => {
    switch (line.op) {
      case "equal":
        return null;
      case "left":
        return label(line.up ? say.moved_up : say.moved_down, `#c${line.change}`, line.up ? "↑" : "↓", `m${line.change}`);
      case "move":
        return label(line.up ? say.moved_from_below : say.moved_from_above, `#m${line.change}`, line.up ? "↓" : "↑");
      case "insert":
        return label(say.added_label);
      case "delete":
        return label(say.removed_label);
    }
    if (line.op === "split" && side === "new") return label(say.count(say.split_label, line.now.length));
    if (line.op === "merge" && side === "new") return label(say.count(say.joined_label, line.old.length));
    return make("p", { class: "label side" }, side === "old" ? say.before : say.after);
  };
  const cell = (paragraphs, line, side, text) => {
    if (!paragraphs.length) return make("td", { class: "none" });
    const name = `${line.op} ${line.part}${paragraphs.length > 1 ? " several" : ""}`;
    return make("td", { class: name }, labelOf(line, side), written(paragraphs, text));
  };
  const gutter = ({ op, change }) => {
    if (!change || op === "left") return make("td", { class: "number" });
    const name = say.put(say.change_of, { n: change, total: changes });
    return make(
      "th",
      { scope: "row", class: "number", id: `c${change}` },
      make("span", { class: "hidden" }, name),
      make("span", { "aria-hidden": "true" }, String(change)),
      change > 1 ? make("a", { href: `#c${change - 1}`, "aria-label": say.previous_change }, "↑") : null,
      change < changes ? make("a", { href: `#c${change + 1}`, "aria-label": say.next_change }, "↓") : null,
    );
  };
  const fold = (paragraphs) =>
    make(
      "tr",
      { class: "fold" },
      make("td", { class: "number" }),
      make(
        "td",
        { colspan: "2" },
        make("details", {}, make("summary", {}, say.count(say.unchanged_paragraphs, paragraphs.length)), written(paragraphs, now)),
      ),
    );
  const head = (text, after = "") =>
    make(
      "th",
      { scope: "col" },
      `${say.put(say.version, { n: text.number })} `,
      make("span", { class: "when" }, make("time", { datetime: text.seen_at }, text.when), after),
    );
  const rows = lines.map((line) =>
    line.fold
      ? fold(line.fold)
      : make("tr", { class: `row-${line.op}` }, gutter(line), cell(line.old, line, "old", old), cell(line.now, line, "new", now)),
  );
  return make(
    "table",
    { class: "pair" },
    make("caption", { class: "hidden" }, say.put(say.compared, { old: old.number, new: now.number })),
    make("thead", {}, make("tr", {}, make("td", { class: "number" }), head(old), head(now, ` (${later((new Date(now.seen_at) - new Date(old.seen_at)) / 1000, say)})`))),
    make("tbody", {}, ...rows),
  );
}
