/** Length of the history, in days. */
export const DAYS = 30;
export const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/** A day of the history, in UTC. */
export interface HistoryDay {
  /** YYYY-MM-DD */
  date: string;
  /** Minutes since the midnight of the demo's day: negative. All times of the history have this unit. */
  midnight: number;
  /** Index among the working days of the history; null on weekends. */
  workday: number | null;
}

export type Workday = HistoryDay & { workday: number };

/** The days of the history, oldest first. @param date of the demo's day, YYYY-MM-DD */
export function historyDays(date: string): HistoryDay[] {
  let workdays = 0;
  return Array.from({ length: DAYS }, (_, index) => {
    const before = DAYS - index;
    const day = new Date(Date.parse(`${date}T00:00:00Z`) - before * DAY_MS);
    const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6;
    return {
      date: day.toISOString().slice(0, 10),
      midnight: -before * DAY_MINUTES,
      workday: isWeekend ? null : workdays++,
    };
  });
}

export function selectWorkdays(days: HistoryDay[]): Workday[] {
  return days.filter((day): day is Workday => day.workday !== null);
}

/** Index of the day of a time: 0 is the demo's day, -1 the day before. */
export function dayIndex(moment: number): number {
  return Math.floor(moment / DAY_MINUTES);
}
