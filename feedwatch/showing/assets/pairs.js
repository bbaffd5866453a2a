// Which paragraphs of two versions are the same ones: the same answer as feedwatch.judging.pairs.

import { byFields, commonLength, commonPlaces, heaviestChain } from "./align.js";
import { casefold, isWord, size, tokenise } from "./tokens.js";

const PAIR = 0.35;
const EQUAL = 1.05;
const MOVE = 0.6;
const MOVE_WORDS = 6;
const MOVE_GAIN = 1.5;
const PIECE = 0.6;
const PIECE_WORDS = 3;
const COPIES = 1_000;
const EQUAL_PAIRS = 100_000;
const TRIALS = 60_000;
const TRIAL_BITS = 2_000_000_000;
const JOINS = 1_000;
const LIKELY = 8;
const RARE = 16;
const SIGNATURE = 20_000;

const turned = ([a, b, c, d, weight]) => [c, d, a, b, weight];
const nameOf = (match) => match.join();
const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);
const range = (start, end) => Array.from({ length: end - start }, (_, k) => start + k);

/** The chain of matches [old start, old end, new start, new end, weight], and moves as a Map of new to old places. */
export function pairParagraphs(old, now) {
  const shorter = Math.min(old.length, now.length);
  let head = 0;
  while (head < shorter && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const [chain, moves] = pairMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return [
    [
      ...range(0, head).map((k) => [k, k + 1, k, k + 1, 1]),
      ...chain.map(([a, b, c, d, weight]) => [a + head, b + head, c + head, d + head, weight]),
      ...range(0, tail).map((k) => {
        const [i, j] = [old.length - tail + k, now.length - tail + k];
        return [i, i + 1, j, j + 1, 1];
      }),
    ],
    new Map(Array.from(moves, ([to, from]) => [to + head, from + head])),
  ];
}

function pairMiddle(old, now) {
  const [equal, looseOld, looseNew] = findEqual(old, now);
  const signs = signAll(new Set([...looseOld.map((i) => old[i]), ...looseNew.map((j) => now[j])]));
  const signsOld = new Map(looseOld.map((i) => [i, signs.get(old[i])]));
  const signsNew = new Map(looseNew.map((j) => [j, signs.get(now[j])]));
  const alike = findAlike(signsOld, signsNew);

  const same = equal.map(([i, j]) => [i, i + 1, j, j + 1, weigh(EQUAL, countWords(old[i]))]);
  const edited = alike.filter((x) => x.similarity >= PAIR).map(matchOf);
  const splits = findSplits(signsOld, signsNew, alike);
  const merges = findSplits(signsNew, signsOld, alike.map((x) => ({ ...x, old: x.now, now: x.old }))).map(turned);

  const movable = same.filter((match) => old[match[0]]);
  movable.push(...alike.filter((x) => x.similarity >= MOVE && x.words >= MOVE_WORDS && !areTwoEntries(old[x.old], now[x.now])).map(matchOf));
  movable.sort((a, b) => b[4] - a[4] || byFields(a, b));
  const matches = [...same, ...edited, ...splits, ...merges];
  let chain = heaviestChain(matches);
  const winners = findOutweighing(chain, movable);
  if (winners.length) chain = heaviestChain(makeWay(matches, winners));
  return [chain, findMoves(chain, movable)];
}

function areTwoEntries(...texts) {
  const [one, other] = texts.map((text) => new Set(text.match(/\p{Nd}+/gu)));
  return one.size > 1 && other.size > 1 && ![...one].some((figure) => other.has(figure));
}

const matchOf = (x) => [x.old, x.old + 1, x.now, x.now + 1, x.weight];

/** Matches out of place that are so much better than what the chain has of their paragraphs that they break it. */
function findOutweighing(chain, movable) {
  const chained = new Set(chain.map(nameOf));
  const byOld = new Map(chain.flatMap((match) => range(match[0], match[1]).map((i) => [i, match])));
  const byNew = new Map(chain.flatMap((match) => range(match[2], match[3]).map((j) => [j, match])));
  const oldTaken = new Set();
  const newTaken = new Set();
  const winners = [];
  for (const match of movable) {
    if (chained.has(nameOf(match)) || oldTaken.has(match[0]) || newTaken.has(match[2])) continue;
    const rivals = new Set([byOld.get(match[0]), byNew.get(match[2])].filter(Boolean));
    if (rivals.size && match[4] > MOVE_GAIN * sum(Array.from(rivals, (rival) => rival[4]))) {
      winners.push(match);
      oldTaken.add(match[0]);
      newTaken.add(match[2]);
    }
  }
  return winners;
}

/** All matches but those that share a paragraph with a winner. */
function makeWay(matches, winners) {
  const kept = new Set(winners.map(nameOf));
  const oldTaken = new Set(winners.map((match) => match[0]));
  const newTaken = new Set(winners.map((match) => match[2]));
  return matches.filter(
    (match) =>
      kept.has(nameOf(match)) ||
      (!range(match[0], match[1]).some((i) => oldTaken.has(i)) && !range(match[2], match[3]).some((j) => newTaken.has(j))),
  );
}

function findMoves(chain, movable) {
  const oldTaken = new Set(chain.flatMap((match) => range(match[0], match[1])));
  const newTaken = new Set(chain.flatMap((match) => range(match[2], match[3])));
  const moves = new Map();
  for (const match of movable) {
    if (oldTaken.has(match[0]) || newTaken.has(match[2])) continue;
    moves.set(match[2], match[0]);
    oldTaken.add(match[0]);
    newTaken.add(match[2]);
  }
  return moves;
}

// ------------------------------------------------------------------------------------------------------ likeness

/** By code points, as Python sorts. */
function byLetters(a, b) {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let k = 0; k < Math.min(x.length, y.length); k++) {
    if (x[k] !== y[k]) return x[k].codePointAt(0) - y[k].codePointAt(0);
  }
  return x.length - y.length;
}

/** Each text's words as numbers. */
function signAll(texts) {
  const numbers = new Map();
  const signs = new Map();
  for (const text of Array.from(texts).sort(byLetters)) {
    const known = size(text) > SIGNATURE ? Array.from(text).slice(0, SIGNATURE).join("") : text;
    const words = tokenise(casefold(known).replaceAll("-", " ")).keys.filter(isWord);
    signs.set(
      text,
      words.map((word) => numbers.get(word) ?? numbers.set(word, numbers.size + 1).get(word)),
    );
  }
  return signs;
}

const weigh = (similarity, words) => (similarity - PAIR / 2) * Math.sqrt(Math.max(words, 1));

/** About how many words a text has, without looking closely. */
function countWords(text) {
  const spaces = text.split(" ").length - 1;
  const length = size(text);
  return length > 20 * (spaces + 1) ? length : spaces + 1;
}

/** All pairs of equal paragraphs, and the places of those that may want another partner, ascending. */
function findEqual(old, now) {
  const places = new Map();
  const at = (text) => places.get(text) ?? places.set(text, [[], []]).get(text);
  old.forEach((text, i) => at(text)[0].push(i));
  now.forEach((text, j) => at(text)[1].push(j));
  const pairs = [];
  const looseOld = [];
  const looseNew = [];
  for (const [olds, news] of places.values()) {
    if (olds.length !== news.length) {
      looseOld.push(...olds);
      looseNew.push(...news);
    }
    const copies = olds.length * news.length;
    if (copies <= COPIES && copies + pairs.length <= EQUAL_PAIRS) {
      for (const i of olds) for (const j of news) pairs.push([i, j]);
    } else {
      // the copy with the same number, counted from the start and from the end
      const found = new Map();
      for (let k = 0; k < Math.min(olds.length, news.length); k++) {
        for (const pair of [[olds[k], news[k]], [olds.at(-1 - k), news.at(-1 - k)]]) found.set(pair.join(), pair);
      }
      pairs.push(...found.values());
    }
  }
  const ascending = (x, y) => x - y;
  return [pairs, looseOld.sort(ascending), looseNew.sort(ascending)];
}

/** Pairs that could be one paragraph, or one a piece of the other. */
function findAlike(old, now) {
  const letters = (signs) => sum(Array.from(signs.values(), (sign) => sign.length));
  const all = old.size * now.size <= TRIALS && letters(old) * letters(now) <= TRIAL_BITS;
  const alike = [];
  const trial = (i, j, shared) => {
    const [a, b] = [old.get(i), now.get(j)];
    const total = a.length + b.length;
    const words = Math.min(a.length, b.length);
    let enough = (PAIR * total) / 2;
    if (words >= PIECE_WORDS) enough = Math.min(enough, PIECE * words);
    if (words < enough) return;
    const common = commonLength(a, b, shared);
    if (!common || common < Math.ceil(enough)) return;
    const similarity = (2 * common) / total;
    alike.push({ old: i, now: j, similarity, common, words, weight: weigh(similarity, total / 2) });
  };
  if (all) {
    for (const i of old.keys()) {
      const shared = {};
      for (const j of now.keys()) trial(i, j, shared);
    }
  } else for (const [i, j] of findLikely(old, now)) trial(i, j, {});
  return alike;
}

function findLikely(old, now) {
  const places = new Map();
  for (const [j, sign] of now) {
    for (const word of new Set(sign)) (places.get(word) ?? places.set(word, []).get(word)).push(j);
  }
  const likely = [];
  for (const [i, sign] of old) {
    const rare = Array.from(new Set(sign), (word) => [places.get(word)?.length ?? 0, word])
      .filter(([n]) => n > 0 && n <= RARE)
      .sort(byFields);
    const votes = new Map();
    for (const [, word] of rare.slice(0, LIKELY)) for (const j of places.get(word)) votes.set(j, (votes.get(j) ?? 0) + 1);
    const order = Array.from(votes, ([j, n]) => [-n, Math.abs(j - i), j]).sort(byFields);
    for (const [, , j] of order.slice(0, LIKELY)) likely.push([i, j]);
  }
  return likely;
}

// ------------------------------------------------------------------------------------------------------ splits

/** Wholes (as old) that fall into consecutive pieces (as new). */
function findSplits(wholes, pieces, alike) {
  const candidates = new Map();
  for (const x of alike) {
    const length = pieces.get(x.now).length;
    if (length >= PIECE_WORDS && length < wholes.get(x.old).length && x.common >= PIECE * length) {
      (candidates.get(x.old) ?? candidates.set(x.old, []).get(x.old)).push(x.now);
    }
  }
  const found = [];
  let tried = 0;
  for (const [whole, places] of candidates) {
    for (const run of findRuns(places.sort((x, y) => x - y))) {
      if (run.length < 2 || tried++ >= JOINS) continue;
      const [similarity, first, last] = fit(wholes.get(whole), run, pieces);
      if (similarity >= MOVE) found.push([whole, whole + 1, first, last + 1, weigh(similarity, wholes.get(whole).length)]);
    }
  }
  return found;
}

/** Consecutive places. */
function findRuns(places) {
  const runs = [];
  for (const place of places) {
    if (runs.length && runs.at(-1).at(-1) === place - 1) runs.at(-1).push(place);
    else runs.push([place]);
  }
  return runs;
}

/** The similarity of the whole with the pieces of the run that belong to it, and the first and the last of them. */
function fit(whole, run, pieces) {
  const longest = (2 / MOVE - 1) * whole.length; // more cannot be similar enough
  let length = 0;
  run = run.filter((place) => (length += pieces.get(place).length) <= longest);
  while (run.length > 1) {
    const joined = run.flatMap((place) => pieces.get(place));
    const kept = new Uint8Array(joined.length);
    for (const [, j] of commonPlaces(whole, joined)) kept[j] = 1;
    let end = 0;
    const belonging = run.filter((place) => {
      const start = end;
      end += pieces.get(place).length;
      return sum(Array.from(kept.subarray(start, end))) >= PIECE * (end - start);
    });
    if (belonging.length === run.length) {
      return [(2 * sum(Array.from(kept))) / (whole.length + joined.length), run[0], run.at(-1)];
    }
    run = findRuns(belonging).reduce((most, other) => (other.length > most.length ? other : most), []);
  }
  return [0, -1, -1];
}
