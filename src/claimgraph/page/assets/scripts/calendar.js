// Days as numbers (days since 1970), and the calendar's own steps between them.

import { day, days } from "./words.js";

const DAY = 86400000; // milliseconds
const MONTHS = "January February March April May June July August September October November December".split(" ");
const ISO = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T|$)/;

/** Steps of an axis, the finest first: each so many days or so many months. */
export const STEPS = [
  ...[1, 2, 7].map((number) => ({ days: number })),
  ...[1, 3, 12, 24, 60, 120, 300, 600, 1200, 6000].map((months) => ({ months })),
];

/** The first day of a year, month or day in ISO 8601, and the first after it; null for other words. */
export function stretch(iso) {
  const [, year, month, date] = ISO.exec(iso || "") ?? [];
  if (!year) return null;
  const at = [Number(year), Number(month || 1) - 1, Number(date || 1)];
  const end = date ? [at[0], at[1], at[2] + 1] : month ? [at[0], at[1] + 1, 1] : [at[0] + 1, 0, 1];
  return { from: numberOf(...at), to: numberOf(...end) };
}

function numberOf(year, month, date) {
  return Math.round(new Date(0).setUTCFullYear(year, month, date) / DAY);
}

const partsOf = (number) => {
  const date = new Date(number * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
};

/** The day in ISO 8601. */
export function iso(number) {
  const [year, month, date] = partsOf(Math.floor(number));
  return `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The first day of the step that holds a day; weeks begin on Monday. */
export function beginning(step, number) {
  if (step.days) {
    const monday = step.days === 7 ? 4 : 0; // 5 January 1970 was the first Monday
    return Math.floor((number - monday) / step.days) * step.days + monday;
  }
  const [year, month] = partsOf(Math.floor(number));
  const months = Math.floor((year * 12 + month) / step.months) * step.months;
  return numberOf(Math.floor(months / 12), ((months % 12) + 12) % 12, 1);
}

/** The first day of the next step. */
export function following(step, start) {
  if (step.days) return start + step.days;
  const [year, month] = partsOf(start);
  return numberOf(year, month + step.months, 1);
}

/** The finest step of at least so many days. */
export function stepOf(least) {
  return STEPS.find((step) => (step.days ?? step.months * 30.4) >= least) ?? STEPS[STEPS.length - 1];
}

/** What stands at a line of the axis: "23 Mar", "Mar", "2023"; with the year at the first line and where one begins. */
export function tick(step, start, first) {
  const [year, month, date] = partsOf(start);
  const short = MONTHS[month].slice(0, 3);
  if (step.months >= 12) return String(year);
  const dated = first || (month === 0 && (step.months || date <= step.days));
  return `${step.days ? `${date} ` : ""}${short}${dated ? ` ${year}` : ""}`;
}

/** `[from, to)` in words: "2021", "March 2023", "23 March 2023", "1 to 3 March 2023" with both days written out. */
export function spelled(from, to) {
  const [start, end] = [partsOf(from), partsOf(to)];
  const whole = (parts) => parts[2] === 1;
  if (whole(start) && whole(end) && start[1] === 0 && end[1] === 0) return end[0] - start[0] === 1 ? String(start[0]) : `${start[0]} to ${end[0] - 1}`;
  if (whole(start) && following({ months: 1 }, from) === to) return `${MONTHS[start[1]]} ${start[0]}`;
  return to - from <= 1 ? day(iso(from)) : days(iso(from), iso(to - 1));
}
