// Which tokens of two paragraphs stand for each other: the same runs as feedwatch.judging.align and .chain, to the token.

import { boundary, isLower, isUnspaced, isWord, size } from "./tokens.js";

const TEAR = 1.25;
const TEAR_BOTH = 2.25;
const READABLE = 1.5;
const SHORT = 0.5;
const KEPT = 0.3;
const SLIDE = 50;
const CLAUSE = 6;
const BITS = 400_000_000;
const DEPTH = 3;

// ------------------------------------------------------------------------------------------------------ chains

/** The greater of two (worth, place), by worth and then by place. */
const best = (a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a);

export const byFields = (a, b) => {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k] < b[k] ? -1 : 1;
  return 0;
};

/** The best of the values at all places before one, as places get values (a Fenwick tree). */
class BestBefore {
  constructor(places, nothing) {
    this.tree = new Array(places + 1).fill(nothing);
    this.nothing = nothing;
  }

  put(place, value) {
    for (place++; place < this.tree.length; place += place & -place) this.tree[place] = best(this.tree[place], value);
  }

  get(place) {
    let found = this.nothing;
    for (; place; place &= place - 1) found = best(found, this.tree[place]);
    return found;
  }
}

/** The matches [old start, old end, new start, new end, weight] of greatest weight in all that follow one another. */
export function heaviestChain(matches) {
  if (!matches.length) return [];
  const order = [...matches].sort(byFields);
  const waiting = order.map((_, k) => k).sort((a, b) => order[a][1] - order[b][1] || a - b);
  const before = new BestBefore(order.reduce((most, match) => Math.max(most, match[3]), 0) + 1, [0, -1]);
  const totals = [];
  const previous = [];
  let done = 0;
  for (const match of order) {
    for (; order[waiting[done]][1] <= match[0]; done++) {
      before.put(order[waiting[done]][3], [totals[waiting[done]], waiting[done]]);
    }
    const [total, last] = before.get(match[2] + 1);
    totals.push(total + match[4]);
    previous.push(last);
  }
  let k = 0;
  totals.forEach((total, at) => {
    if (total > totals[k]) k = at;
  });
  const chain = [];
  for (; k >= 0; k = previous[k]) chain.push(order[k]);
  return chain.reverse();
}

// ------------------------------------------------------------------------------------------------------ subsequences

function masksOf(a, words) {
  const masks = new Map();
  a.forEach((key, k) => {
    let mask = masks.get(key);
    if (!mask) masks.set(key, (mask = new Uint32Array(words)));
    mask[k >>> 5] |= 1 << (k & 31);
  });
  return masks;
}

/** One step of the bit-parallel longest common subsequence (Hyyrö 2004): zeros in `state` are what is found. */
function step(state, mask) {
  let carry = 0;
  for (let w = 0; w < state.length; w++) {
    const sum = state[w] + ((state[w] & mask[w]) >>> 0) + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    state[w] = sum | (state[w] & ~mask[w]);
  }
}

function zeros(state, length) {
  let ones = 0;
  for (let k = 0; k < length; k++) ones += (state[k >>> 5] >>> (k & 31)) & 1;
  return length - ones;
}

/** The length of a longest common subsequence of two arrays; `shared` keeps the masks of `a` between calls. */
export function commonLength(a, b, shared) {
  const words = (a.length + 31) >>> 5;
  if (!shared.masks) shared.masks = masksOf(a, words);
  const state = new Uint32Array(words).fill(0xffffffff);
  for (const key of b) {
    const mask = shared.masks.get(key);
    if (mask) step(state, mask);
  }
  return zeros(state, a.length);
}

/** The places [i, j] of a longest common subsequence, ascending; of several the one that rapidfuzz takes. */
export function commonPlaces(a, b) {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const core = a.slice(head, a.length - tail);
  const other = b.slice(head, b.length - tail);
  const words = (core.length + 31) >>> 5;
  const masks = masksOf(core, words);
  const state = new Uint32Array(words).fill(0xffffffff);
  const rows = [];
  for (const key of other) {
    const mask = masks.get(key);
    if (mask) step(state, mask);
    rows.push(state.slice());
  }
  const isOpen = (row, column) => (rows[row][column >>> 5] >>> (column & 31)) & 1;
  const places = [];
  let column = core.length;
  let row = other.length;
  while (row && column) {
    if (isOpen(row - 1, column - 1)) column--;
    else {
      row--;
      if (!row || isOpen(row - 1, column - 1)) {
        column--;
        places.push([column + head, row + head]);
      }
    }
  }
  places.reverse();
  for (let k = 0; k < tail; k++) places.push([a.length - tail + k, b.length - tail + k]);
  return [...Array.from({ length: head }, (_, k) => [k, k]), ...places];
}

// ------------------------------------------------------------------------------------------------------ alignment

/** The runs [i, j, size] of tokens that are kept, in order; none where too little is kept to be worth showing. */
export function align(old, now, effort) {
  const blocks = alignKeys(old.keys, now.keys, effort, DEPTH).filter((block) => stands(block, old, now));
  return isWorthShowing(old, now, blocks) ? slide(old, now, blocks) : [];
}

function stands([i, j, length], old, now) {
  if ((i === 0 && j === 0) || (i + length === old.length && j + length === now.length)) return true;
  return isReadable(now.keys.slice(j, j + Math.min(length, SLIDE)));
}

const weigh = (key) => (isWord(key) && !isUnspaced(key) && (size(key) > 3 || !isLower(key)) ? 1 : SHORT);

function isReadable(keys) {
  const words = keys.filter(isWord);
  return words.length > 1 && words.reduce((sum, key) => sum + weigh(key), 0) >= READABLE;
}

function isWorthShowing(old, now, blocks) {
  const count = (keys) => keys.reduce((sum, key) => sum + (isWord(key) ? 1 : 0), 0);
  const kept = blocks.map(([, j, length]) => count(now.keys.slice(j, j + length)));
  const sum = kept.reduce((total, n) => total + n, 0);
  return 2 * sum >= KEPT * (count(old.keys) + count(now.keys)) || kept.some((n) => n >= CLAUSE);
}

function alignKeys(a, b, effort, depth) {
  const n = a.length;
  const m = b.length;
  const shorter = Math.min(n, m);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[n - 1 - tail] === b[m - 1 - tail]) tail++;
  const core = alignCore(a.slice(head, n - tail), b.slice(head, m - tail), effort, depth);
  const shifted = core.map(([i, j, length]) => [i + head, j + head, length]);
  return join([[0, 0, head], ...shifted, [n - tail, m - tail, tail]]);
}

function join(blocks) {
  const joined = [];
  for (const [i, j, length] of blocks) {
    const last = joined.at(-1);
    if (last && i === last[0] + last[2] && j === last[1] + last[2]) last[2] += length;
    else if (length) joined.push([i, j, length]);
  }
  return joined;
}

function alignCore(a, b, effort, depth) {
  const places = new Map();
  b.forEach((key, j) => (places.get(key) ?? places.set(key, []).get(key)).push(j));
  if (a.reduce((sum, key) => sum + (places.get(key)?.length ?? 0), 0) > effort) return alignCoarsely(a, b, effort, depth);
  return join(bestPath(a, b, readableCells(a, places)).map(([i, j]) => [i, j, 1]));
}

function alignCoarsely(a, b, effort, depth) {
  const counted = (keys) => keys.reduce((counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1), new Map());
  const onceA = counted(a);
  const onceB = counted(b);
  const place = new Map();
  b.forEach((key, j) => onceB.get(key) === 1 && place.set(key, j));
  const unique = [];
  a.forEach((key, i) => onceA.get(key) === 1 && place.has(key) && unique.push([i, i + 1, place.get(key), place.get(key) + 1, 1]));
  if (!unique.length || !depth) {
    return a.length * b.length > BITS ? [] : commonPlaces(a, b).map(([i, j]) => [i, j, 1]);
  }
  const anchors = heaviestChain(unique);
  const blocks = [];
  let [i, j] = [0, 0];
  for (const anchor of [...anchors, [a.length, a.length, b.length, b.length, 0]]) {
    const gap = alignKeys(a.slice(i, anchor[0]), b.slice(j, anchor[2]), Math.floor(effort / anchors.length), depth - 1);
    for (const [x, y, length] of gap) blocks.push([i + x, j + y, length]);
    blocks.push([anchor[0], anchor[2], anchor[1] - anchor[0]]);
    [i, j] = [anchor[1], anchor[3]];
  }
  return blocks;
}

/** The pairs of equal tokens in runs long enough to read: for each old place the new ones, ascending. */
function readableCells(a, places) {
  const rows = new Map();
  let runs = new Map(); // new place of a run's last token -> old place of its first
  for (let i = 0; i <= a.length; i++) {
    const continued = new Map();
    for (const j of (i < a.length && places.get(a[i])) || []) {
      continued.set(j, runs.get(j - 1) ?? i);
      runs.delete(j - 1);
    }
    for (const [last, start] of runs) {
      if (i - start <= 1 || !isReadable(a.slice(start, i))) continue;
      for (let k = start; k < i; k++) (rows.get(k) ?? rows.set(k, []).get(k)).push(last - (i - 1 - k));
    }
    runs = continued;
  }
  for (const row of rows.values()) row.sort((x, y) => x - y);
  return rows;
}

/** The best paths so far, by where they could be continued; a path is [worth, its last cell]. */
class Paths {
  constructor(width) {
    this.cells = []; // [old place, new place, cell before]
    this.anywhere = new BestBefore(width, [-Infinity, -1]);
    this.columns = new Map(); // of rows before the last
    this.row = [];
    this.rowAt = -1;
  }

  addRow(i, weight, js) {
    if (this.rowAt !== i - 1) this.leaveRow();
    let before = [-Infinity, -1];
    let at = 0;
    const row = [];
    for (const j of js) {
      for (; at < this.row.length && this.row[at][0] < j - 1; at++) before = best(before, this.row[at][1]);
      const straight = at < this.row.length && this.row[at][0] === j - 1 ? this.row[at][1] : null;
      const [worth, last] = this.arrive(i, j, before, straight);
      this.cells.push([i, j, last]);
      row.push([j, [worth + weight, this.cells.length - 1]]);
    }
    this.leaveRow();
    for (const [j, path] of row) this.anywhere.put(j, path);
    this.row = row;
    this.rowAt = i;
    return row;
  }

  arrive(i, j, before, straight) {
    const anywhere = this.anywhere.get(j);
    let found = best([-(i && j ? TEAR_BOTH : TEAR), -1], [anywhere[0] - TEAR_BOTH, anywhere[1]]);
    found = best(found, [before[0] - TEAR, before[1]]);
    const column = this.columns.get(j - 1);
    if (column) found = best(found, [column[0] - TEAR, column[1]]);
    return straight ? best(found, straight) : found;
  }

  leaveRow() {
    for (const [j, path] of this.row) this.columns.set(j, best(this.columns.get(j) ?? [-Infinity, -1], path));
    this.row = [];
  }
}

function bestPath(a, b, rows) {
  const paths = new Paths(b.length);
  let found = [-TEAR_BOTH, -1];
  for (const i of [...rows.keys()].sort((x, y) => x - y)) {
    for (const [j, [worth, cell]] of paths.addRow(i, weigh(a[i]), rows.get(i))) {
      found = best(found, [worth - (i === a.length - 1 || j === b.length - 1 ? TEAR : TEAR_BOTH), cell]);
    }
  }
  const path = [];
  for (let cell = found[1]; cell >= 0; cell = paths.cells[cell][2]) path.push(paths.cells[cell]);
  return path.reverse();
}

// ------------------------------------------------------------------------------------------------------ edges

/** Move what only came or only went to where it reads best: a whole sentence, else a clause, else a phrase. */
function slide(old, now, blocks) {
  const slid = [...blocks];
  for (let p = 0; p + 1 < slid.length; p++) {
    const [i, j, length] = slid[p];
    const [nextI, nextJ, nextLength] = slid[p + 1];
    const inserted = i + length === nextI;
    if (!inserted && j + length !== nextJ) continue;
    const [side, start, end] = inserted ? [now, j + length, nextJ] : [old, i + length, nextI];
    for (const by of shifts(side, start, end, length, nextLength)) {
      const first = [i, j, length + by];
      const second = [nextI + by, nextJ + by, nextLength - by];
      if (stands(first, old, now) && stands(second, old, now)) {
        slid[p] = first;
        slid[p + 1] = second;
        break;
      }
    }
  }
  return slid.filter((block) => block[2]);
}

/** By how many tokens keys[start:end] can be shifted and leave the same text; what reads best first. */
function shifts(side, start, end, before, after) {
  const keys = side.keys;
  const least = Math.min(before, SLIDE);
  const most = Math.min(after, SLIDE);
  let left = 0;
  while (left < least && keys[start - 1 - left] === keys[end - 1 - left]) left++;
  let right = 0;
  while (right < most && keys[start + right] === keys[end + right]) right++;
  const order = [];
  for (let by = -left; by <= right; by++) {
    const at = start + by;
    const opens = isParticle(keys[at]) && !(at && isParticle(keys[at - 1]));
    order.push([-boundary(side, at) - boundary(side, end + by), opens ? 0 : 1, Math.abs(by), by]);
  }
  return order.sort(byFields).map((key) => key[3]);
}

const isParticle = (key) => isLower(key) && size(key) <= 3;
