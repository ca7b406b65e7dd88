/** Civil days as integers since 1970-01-01, in the proleptic Gregorian calendar. No time zone is involved. */

export interface CivilDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

export type Unit = "day" | "week" | "month";

/** Days since 1970-01-01 of a date; months outside 1 to 12 carry into the year. */
export function dayOf(year: number, month: number, day: number): number {
  const carried = year + Math.floor((month - 1) / 12);
  const monthFromMarch = ((((month - 3) % 12) + 12) % 12);
  const shifted = monthFromMarch >= 10 ? carried - 1 : carried;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export function civilOf(day: number): CivilDate {
  const shifted = day + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** The first day of the day, ISO week or month that holds `day`. */
export function startOf(unit: Unit, day: number): number {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const { year, month } = civilOf(day);
  return dayOf(year, month, 1);
}

/** `day` moved by whole units; a month keeps the day of the month where the target has it. */
export function shift(unit: Unit, day: number, steps: number): number {
  if (unit === "day") return day + steps;
  if (unit === "week") return day + 7 * steps;
  const date = civilOf(day);
  const first = dayOf(date.year, date.month + steps, 1);
  const next = dayOf(date.year, date.month + steps + 1, 1);
  return Math.min(first + date.day - 1, next - 1);
}
