/** Civil dates as text. */

import { civilOf, startOf } from "../data/civil";
import { NBSP } from "./numbers";

const MONTHS = [
  "January", "February", "March", "April", "May", "June",
  "July", "August", "September", "October", "November", "December",
] as const;

export function monthName(month: number): string {
  return MONTHS[month - 1] ?? "";
}

export function shortMonth(month: number): string {
  return monthName(month).slice(0, 3);
}

/** "28 January 2024". */
export function longDate(day: number): string {
  const date = civilOf(day);
  return `${date.day}${NBSP}${monthName(date.month)} ${date.year}`;
}

/** "28 Jan 2024". */
export function shortDate(day: number): string {
  const date = civilOf(day);
  return `${date.day}${NBSP}${shortMonth(date.month)}${NBSP}${date.year}`;
}

/** "January 2024". */
export function monthAndYear(day: number): string {
  const date = civilOf(day);
  return `${monthName(date.month)} ${date.year}`;
}

/** "between 8 January 2024 and 29 February 2024", "on 28 January 2024". */
export function period(start: number, end: number): string {
  return start === end ? `on ${longDate(start)}` : `between ${longDate(start)} and ${longDate(end)}`;
}

export interface When {
  readonly text: string;
  readonly note: string;
}

/** What is known of the date, as far as it is known. */
export function when(start: number | null, end: number | null, precision: string | null): When {
  if (start === null) return { text: "Date not known", note: "" };
  switch (precision) {
    case "day":
      return { text: longDate(start), note: "Known to the day." };
    case "week":
      return { text: `In the week of ${longDate(startOf("week", start))}`, note: "The day is not known." };
    case "month":
      return { text: `In ${monthAndYear(start)}`, note: "The day is not known." };
    case "year":
      return { text: `In ${civilOf(start).year}`, note: "The month and day are not known." };
    default:
      if (end === null || end === start) return { text: longDate(start), note: "" };
      return { text: `Between ${longDate(start)} and ${longDate(end)}`, note: "" };
  }
}

/** A short form for lists: "28 Jan 2024", "Jan 2024", "2024". */
export function shortWhen(start: number | null, precision: string | null): string {
  if (start === null) return "undated";
  const date = civilOf(start);
  if (precision === "year") return `${date.year}`;
  if (precision === "month") return `${shortMonth(date.month)}${NBSP}${date.year}`;
  return shortDate(start);
}

/** The clock time of an ISO instant in UTC: "14:30 UTC". */
export function clockTime(iso: string | null): string | null {
  const match = iso === null ? null : /T(\d\d:\d\d)/.exec(iso);
  return match?.[1] === undefined ? null : `${match[1]}${NBSP}UTC`;
}
