// Two texts -> rows, in the browser: the same rows as feedwatch.judging.diff and .marks, span by span.
//
// A row is {op, old, new, spans}; `old` and `new` are places of paragraphs, a span is [op, text].

import { align } from "./align.js";
import { pairParagraphs } from "./pairs.js";
import { comparable, hasSpace, size, tokenise } from "./tokens.js";

const SHORT = 60;
const EFFORT = 20_000;
const WHOLE_EFFORT = 1_000_000;
const LONG = 1_000_000;

const span = (op, text) => (text ? [[op, text]] : []);
const removed = (place, text) => ({ op: "delete", old: [place], new: [], spans: span("delete", text) });
const added = (place, text) => ({ op: "insert", old: [], new: [place], spans: span("insert", text) });

/** Texts are {title, standfirst, paragraphs}. Title and standfirst are rows of place 0; no standfirst, null. */
export function compare(old, now) {
  return {
    title: compareLine(old.title, now.title),
    standfirst: old.standfirst || now.standfirst ? compareLine(old.standfirst, now.standfirst) : null,
    rows: diff(old.paragraphs, now.paragraphs),
  };
}

export function diff(old, now) {
  const rows = layOut(old, now);
  return rebuilds(rows, old, now)
    ? rows
    : [...old.map((text, k) => removed(k, text)), ...now.map((text, k) => added(k, text))];
}

function compareLine(old, now) {
  if (!old && now) return added(0, now);
  if (old && !now) return removed(0, old);
  const op = comparable(old) === comparable(now) ? "equal" : "replace";
  return { op, old: [0], new: [0], spans: mark(old, now, EFFORT) };
}

const places = (start, end) => Array.from({ length: end - start }, (_, k) => start + k);

function layOut(old, now) {
  const seenOld = old.map(comparable);
  const seenNew = now.map(comparable);
  const [paired, moves] = pairParagraphs(seenOld, seenNew);
  const movedAway = new Set(moves.values());
  const chain = paired.filter((match) => canStand(match, old, now));
  const edited = chain.filter(
    ([a, b, c, d]) => b - a !== d - c || old.slice(a, b).some((text, k) => text !== now[c + k]),
  ).length;
  const effort = Math.min(EFFORT, Math.floor(WHOLE_EFFORT / (edited + moves.size + 1)));
  const rows = [];
  let [i, j] = [0, 0];
  for (const [oldStart, oldEnd, newStart, newEnd] of [...chain, [old.length, old.length, now.length, now.length]]) {
    const gone = places(i, oldStart).filter((k) => !movedAway.has(k));
    const come = places(j, newStart).filter((k) => !moves.has(k));
    const inPlace =
      gone.length === 1 && come.length === 1 && size(old[gone[0]]) <= SHORT && size(now[come[0]]) <= SHORT;
    if (!inPlace) rows.push(...gone.map((k) => removed(k, old[k])));
    for (let k = j; k < newStart; k++) {
      const origin = moves.get(k);
      if (inPlace && k === come[0])
        rows.push({ op: "replace", old: gone, new: [k], spans: mark(old[gone[0]], now[k], effort) });
      else if (origin === undefined) rows.push(added(k, now[k]));
      else rows.push({ op: "move", old: [origin], new: [k], spans: mark(old[origin], now[k], effort) });
    }
    [i, j] = [oldEnd, newEnd];
    if (oldStart === oldEnd) continue;
    const spans = mark(old.slice(oldStart, i).join("\n"), now.slice(newStart, j).join("\n"), effort);
    const same = seenOld[i - 1] === seenNew[j - 1];
    const op = newEnd - newStart > 1 ? "split" : oldEnd - oldStart > 1 ? "merge" : same ? "equal" : "replace";
    rows.push({ op, old: places(oldStart, i), new: places(newStart, j), spans });
  }
  return rows;
}

/** No where it would join paragraphs of which one has a line break of its own. */
function canStand([a, b, c, d], old, now) {
  const texts = [...old.slice(a, b), ...now.slice(c, d)];
  return texts.length === 2 || !texts.some((text) => text.includes("\n"));
}

function rebuilds(rows, old, now) {
  const side = (row, other) => row.spans.map(([op, text]) => (op === other ? "" : text)).join("");
  const joined = (texts, places) => places.map((k) => texts[k]).join("\n");
  const complete = (places, texts) => places.sort((x, y) => x - y).join() === texts.map((_, k) => k).join();
  return (
    rows.every((row) => side(row, "insert") === joined(old, row.old) && side(row, "delete") === joined(now, row.new)) &&
    complete(rows.flatMap((row) => row.old), old) &&
    complete(rows.flatMap((row) => row.new), now)
  );
}

// ------------------------------------------------------------------------------------------------------ marks

/** The spans of two paragraphs; of each change the deleted part is first. */
export function mark(old, now, effort) {
  if (old === now) return span("equal", old);
  const [head, tail] = size(old) + size(now) > LONG ? sameEnds(old, now) : [0, 0];
  const [a, b] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  const middle =
    size(a) + size(b) > LONG
      ? [["delete", a], ["insert", b]]
      : markWords(tokenise(a), tokenise(b), effort);
  return join([["equal", old.slice(0, head)], ...middle, ["equal", tail ? old.slice(old.length - tail) : ""]]);
}

/** How many characters are the same at the start and at the end, up to white space. */
function sameEnds(old, now) {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  head = head ? old.lastIndexOf(" ", head - 1) + 1 : 0;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const space = old.indexOf(" ", old.length - tail);
  return [head, space >= 0 ? old.length - space : 0];
}

function markWords(old, now, effort) {
  const marks = [];
  let [i, j] = [0, 0];
  for (const [nextI, nextJ, length] of [...identical(old, now, align(old, now, effort)), [old.length, now.length, 0]]) {
    marks.push(...markBetween(cut(old, i, nextI), cut(now, j, nextJ)));
    marks.push(["equal", old.text(nextI, nextI + length)]);
    [i, j] = [nextI + length, nextJ + length];
  }
  return marks;
}

/** The blocks, cut where the letters or the white space differ although the tokens are equal as compared. */
function identical(old, now, blocks) {
  const found = [];
  for (const [i, j, length] of blocks) {
    let start = 0;
    for (let k = 0; k < length; k++) {
      const [gap, other] = [old.gaps[i + k], now.gaps[j + k]];
      const isCut = old.texts[i + k] !== now.texts[j + k] || (k > 0 && isTorn(gap, other));
      if (k > start && (isCut || gap !== other)) {
        found.push([i + start, j + start, k - start]);
        start = k;
      }
      if (isCut) start = k + 1;
    }
    if (start < length) found.push([i + start, j + start, length - start]);
  }
  return found;
}

/** White space on one side only: too little to see, so a token is marked with it. A new paragraph can be seen. */
const isTorn = (gap, other) => gap !== other && !(gap + other).includes("\n") && hasSpace(gap) !== hasSpace(other);

/** White space, words, white space; without words there is only one white space. */
const cut = (tokens, start, end) =>
  start === end ? [tokens.gaps[start], "", ""] : [tokens.gaps[start], tokens.text(start, end), tokens.gaps[end]];

/** Marks for what stands between two kept runs, with the white space at its ends kept where both have it. */
function markBetween(old, now) {
  let before = "";
  let after = "";
  if (old[0] === now[0]) {
    before = old[0];
    old = ["", old[1], old[2]];
    now = ["", now[1], now[2]];
  }
  if (old[1] && now[1] && old[2] === now[2]) {
    after = old[2];
    old = [old[0], old[1], ""];
    now = [now[0], now[1], ""];
  } else if (!before && !old[1] && old[0] === now[2]) {
    after = old[0];
    old = ["", "", ""];
    now = [now[0], now[1], ""];
  } else if (!before && !now[1] && now[0] === old[2]) {
    after = now[0];
    old = [old[0], old[1], ""];
    now = ["", "", ""];
  }
  return [["equal", before], ["delete", old.join("")], ["insert", now.join("")], ["equal", after]];
}

/** One span per run, and of each change first what went, then what came. */
function join(marks) {
  const spans = [];
  let parts = { equal: "", delete: "", insert: "" };
  const close = () => {
    for (const op of ["equal", "delete", "insert"]) if (parts[op]) spans.push([op, parts[op]]);
    parts = { equal: "", delete: "", insert: "" };
  };
  for (const [op, text] of marks) {
    if (text && op === "equal" && (parts.delete || parts.insert)) close();
    parts[op] += text;
  }
  close();
  return spans;
}
