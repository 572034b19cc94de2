const SECONDS_PER_HOUR = 3600;
/** Part of a Monday's events in each hour: quiet nights, a rush at nine, a dip at noon. The sum is 1. */
const HOURLY = [1, 1, 1, 1, 1, 2, 3, 5, 9, 11, 10, 9, 6, 8, 9, 8, 6, 4, 2, 1, 1, 1, 0.5, 0.5].map(
  (weight, _, all) => weight / all.reduce((sum, each) => sum + each, 0),
);
/** Hours at which a merge train of a monorepo starts, and its length: all its check runs end within a minute. */
const TRAINS_AT = [9.5, 11, 14, 16];
const TRAIN_SECONDS = 60;
/** Events of a train: as many as one of the largest trains has, or a twentieth of a small organization's day. */
const TRAIN_EVENTS = 10_000;
const TRAIN_SHARE = 0.05;

/**
 * Events in each second of a busy day.
 *
 * @returns 86,400 numbers whose sum is `eventsPerDay`; not rounded
 */
export function arrivals(eventsPerDay: number): Float64Array {
  const train = Math.min(TRAIN_EVENTS, eventsPerDay * TRAIN_SHARE);
  const steady = eventsPerDay - train * TRAINS_AT.length;
  const perSecond = new Float64Array(HOURLY.length * SECONDS_PER_HOUR);
  for (const second of perSecond.keys()) {
    const share = HOURLY[Math.floor(second / SECONDS_PER_HOUR)] ?? 0;
    perSecond[second] = (steady * share) / SECONDS_PER_HOUR;
  }
  for (const hour of TRAINS_AT)
    for (let second = 0; second < TRAIN_SECONDS; second++) {
      const at = hour * SECONDS_PER_HOUR + second;
      perSecond[at] = (perSecond[at] ?? 0) + train / TRAIN_SECONDS;
    }
  return perSecond;
}
