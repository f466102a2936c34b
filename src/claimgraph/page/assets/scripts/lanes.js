// What stands in which lane of the timeline, and in which row of it. Days and pixels only: nothing is drawn here.

import { beginning, following, stepOf } from "./calendar.js";
import { claimantOf } from "./claims.js";

export const MARK = 15; // width of one mark with its air, in pixels
const LEAST_LABEL = 48; // pixels; less of a label says nothing
const NARROWEST_COLUMN = 13; // of a column of counted things, in pixels
const BAR_ROWS = 2; // rows for long stretches above columns
const LANE_OF_ITS_OWN = 3; // moments; rarer kinds and speakers share a lane, else one looks at empty lanes

/**
 * The moments in lanes { name, kind, scale, moments }, at most `most`; what is rare shares the last. Lanes of one `scale`
 * are to be compared.
 */
export function inLanes(found, grouping, most) {
  const names = grouping === "speaker" ? BY_SPEAKER : BY_KIND;
  const lanes = new Map();
  for (const moment of found) {
    const name = (moment[grouping] ??= names.of(moment.node)); // asked for at each drawing
    if (!lanes.has(name)) lanes.set(name, { name, kind: moment.node.kind, scale: moment.node.kind, moments: [] });
    lanes.get(name).moments.push(moment);
  }
  const first = [...lanes.values()].filter((lane) => lane.name === names.first);
  const others = [...lanes.values()].filter((lane) => lane.name !== names.first);
  others.sort((a, b) => b.moments.length - a.moments.length || (a.name < b.name ? -1 : 1));
  const apart = others.filter((lane, index) => lane.moments.length >= LANE_OF_ITS_OWN && index < most - first.length - 1);
  const shared = others.slice(apart.length);
  return [...first, ...apart, ...(shared.length > 1 ? [merged(shared, apart.length ? names.others : names.all)] : shared)];
}

const BY_KIND = {
  of: (node) => (node.kind === "claim" ? "Statements" : node.event_type ? capital(node.event_type) : "Events of no kind"),
  first: "Statements",
  others: "Other events",
  all: "Events",
};
const BY_SPEAKER = {
  of: (node) => (node.kind === "event" ? "Events" : (claimantOf(node)?.label ?? "A source without a name")),
  first: "Events",
  others: "Other speakers",
  all: "All speakers",
};
const capital = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

function merged(lanes, name) {
  const moments = lanes.flatMap((lane) => lane.moments);
  moments.sort((a, b) => a.from - b.from || a.to - b.to || a.node.id - b.node.id);
  return { name, kind: lanes[0].kind, scale: name, moments };
}

/** The moments that touch `[from, to)`. */
export function within(moments, from, to) {
  return moments.filter((moment) => moment.from < to && moment.to > from);
}

/**
 * Where the moments of a lane go in at most `rows` rows: each alone, { marks }, where there is room, else counted,
 * { columns, bars }. `scale` has x(day), perDay (pixels) and width; `lengthOf` is the length of a label.
 */
export function packed(moments, rows, scale, lengthOf) {
  const marks = moments.map((moment) => markOf(moment, scale));
  const labelled = marks.map((mark) => ({ ...mark, reach: mark.right + 4 + lengthOf(mark.moment) }));
  const roomy = intoRows(labelled, rows) ?? intoRows(marks.map((mark) => ({ ...mark, reach: mark.right })), rows);
  return roomy ? { marks: withRoom(roomy, scale.width, lengthOf) } : counted(moments, scale);
}

/** How many rows the moments would fill with their labels, not counted beyond `most`. */
export function rowsWanted(moments, scale, lengthOf, most) {
  if (moments.length > 400) return most; // columns in any case: a row holds some ten labels
  const labelled = moments.map((moment) => markOf(moment, scale)).map((mark) => ({ ...mark, reach: mark.right + 4 + lengthOf(mark.moment) }));
  const placed = intoRows(labelled, most);
  return placed ? Math.max(1, ...placed.map((mark) => mark.row + 1)) : most;
}

/** From where to where a moment is drawn: a stretch at its length, a day as a mark at its beginning. */
function markOf(moment, { x, perDay }) {
  const [left, right] = [x(moment.from), x(moment.to)];
  if (moment.to - moment.from > 1 && right - left >= MARK) return { moment, left, right, bar: true };
  const middle = left + Math.min((right - left) / 2, Math.max(perDay / 2, MARK / 2), MARK / 2 + 1);
  return { moment, left: middle - MARK / 2, right: middle + MARK / 2, bar: false };
}

/** Each mark with the first row where it is free, or null where `rows` are too few. */
function intoRows(marks, rows) {
  const ends = [];
  const placed = [];
  for (const mark of marks) {
    const row = ends.findIndex((end) => end <= mark.left);
    const at = row < 0 ? ends.length : row;
    if (at >= rows) return null;
    ends[at] = mark.reach;
    placed.push({ ...mark, row: at });
  }
  return placed;
}

/** Each mark with where its label begins and the room for it: inside its bar, else up to the next in its row or the edge. */
function withRoom(marks, width, lengthOf) {
  const nexts = new Map();
  return [...marks]
    .reverse()
    .map((mark) => {
      const inside = mark.bar && Math.min(mark.right, width) - Math.max(mark.left, 0) > lengthOf(mark.moment) + 12;
      const next = Math.min(nexts.get(mark.row) ?? width, width);
      nexts.set(mark.row, mark.left);
      const start = inside ? Math.max(mark.left, 0) + 6 : mark.right + 4;
      const room = (inside ? Math.min(mark.right, width) : next) - start - 6;
      return { ...mark, start, room: room >= LEAST_LABEL ? room : 0 };
    })
    .reverse();
}

/** Columns of the calendar's steps with what begins in each, and bars for what is longer than such a step. */
function counted(moments, scale) {
  const step = stepOf(NARROWEST_COLUMN / scale.perDay);
  const column = (moment) => ({ from: beginning(step, moment.from), to: following(step, beginning(step, moment.from)) });
  const long = ({ from, to }, range) => to > range.to + (range.to - range.from);
  const bars = gathered(moments.filter((moment) => long(moment, column(moment))), ({ from, to }) => ({ from, to }));
  const placed = intoBars(bars, scale);
  const barred = new Set(placed.flatMap((bar) => bar.moments));
  return { columns: gathered(moments.filter((moment) => !barred.has(moment)), column), bars: placed };
}

/** The moments under their ranges, in the order of time. */
function gathered(moments, rangeOf) {
  const ranges = new Map();
  for (const moment of moments) {
    const { from, to } = rangeOf(moment);
    const key = `${from} ${to}`;
    if (!ranges.has(key)) ranges.set(key, { from, to, moments: [] });
    ranges.get(key).moments.push(moment);
  }
  return [...ranges.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The bars that find a row, those of the most moments first; the others are left to the columns. */
function intoBars(bars, { x }) {
  const rows = Array.from({ length: BAR_ROWS }, () => []);
  const ranked = [...bars].sort((a, b) => b.moments.length - a.moments.length || a.from - b.from || a.to - b.to);
  return ranked.flatMap((bar) => {
    const drawn = { ...bar, left: x(bar.from), right: x(bar.to) };
    const row = rows.findIndex((taken) => taken.every((other) => other.right + 3 <= drawn.left || drawn.right + 3 <= other.left));
    if (row < 0) return [];
    rows[row].push(drawn);
    return [{ ...drawn, row }];
  });
}
