/** Civil dates as text. */

import { startOf } from "../data/civil";
import { LOCALE, say } from "./catalogue";
import { NBSP } from "./numbers";

export const MS_PER_DAY = 86_400_000;

/** A way to write days; no line ends after the number of the day. */
function form(options: Intl.DateTimeFormatOptions): (day: number) => string {
  const format = new Intl.DateTimeFormat(LOCALE, { calendar: "gregory", timeZone: "UTC", ...options });
  return (day) => format.format(day * MS_PER_DAY).replace(/(?<=^\d+) /, NBSP);
}

/** "28 January 2024". */
export const longDate = form({ day: "numeric", month: "long", year: "numeric" });

const short = form({ day: "numeric", month: "short", year: "numeric" });
export const shortMonthAndYear = form({ month: "short", year: "numeric" });

/** "28 Jan 2024". */
export function shortDate(day: number): string {
  return short(day).replaceAll(" ", NBSP);
}

/** "28 Jan". */
export const dayAndMonth = form({ day: "numeric", month: "short" });

/** "January 2024". */
export const monthAndYear = form({ month: "long", year: "numeric" });
export const monthName = form({ month: "long" });
export const shortMonth = form({ month: "short" });
export const yearName = form({ year: "numeric" });

/** "8 Jan 2024 – 29 Feb 2024". */
export function dateRange(first: number, last: number): string {
  return first === last ? shortDate(first) : say("range.date", { from: shortDate(first), to: shortDate(last) });
}

export interface When {
  readonly text: string;
  readonly note: string;
}

/** What is known of the date, as far as it is known. */
export function when(start: number | null, end: number | null, precision: string | null): When {
  if (start === null) return { text: say("date.unknown"), note: "" };
  switch (precision) {
    case "day": {
      const text = end === null || end === start ? longDate(start) : say("range.date", { from: longDate(start), to: longDate(end) });
      return { text, note: say("date.day") };
    }
    case "week":
      return { text: say("date.week", { date: longDate(startOf("week", start)) }), note: say("date.noday") };
    case "month":
      return { text: say("date.month", { date: monthAndYear(start) }), note: say("date.noday") };
    case "year":
      return { text: say("date.year", { date: yearName(start) }), note: say("date.nomonth") };
    default:
      if (end === null || end === start) return { text: longDate(start), note: "" };
      return { text: say("date.between", { from: longDate(start), to: longDate(end) }), note: "" };
  }
}

/** A short form for lists: "28 Jan 2024", "Jan 2024", "2024". */
export function shortWhen(start: number | null, precision: string | null): string {
  if (start === null) return say("date.undated");
  if (precision === "year") return yearName(start);
  if (precision === "month") return shortMonthAndYear(start).replaceAll(" ", NBSP);
  return shortDate(start);
}

/** The clock time of an ISO instant in UTC: "14:30 UTC". */
export function clockTime(iso: string | null): string | null {
  const match = iso === null ? null : /T(\d\d:\d\d)/.exec(iso);
  return match?.[1] === undefined ? null : say("date.utc", { time: match[1] });
}
