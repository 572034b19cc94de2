import type { DemoBootstrap } from "../bootstraps.ts";
import type { DayClock } from "../day-clock.ts";
import type { Workday } from "./calendar.ts";
import { integer } from "./random.ts";

const names = ["aino", "bruno", "chidi", "dana", "emre", "freya", "mira", "jonas"];
/** The working day from which dependencies are downloaded as one archive. */
const FASTER_FROM = 9;

/** Who sets up a development environment: somebody on two of three working days. Every fifth never gets to its end. */
export function planBootstraps(clock: DayClock, workdays: Workday[]): DemoBootstrap[] {
  return workdays
    .filter(({ workday }) => workday % 3 !== 2)
    .map(({ workday, midnight }, index) => ({
      name: names[index % names.length] ?? "",
      start: midnight + integer(clock, `bootstrap ${workday}`, 9 * 60, 15 * 60),
      takes:
        index % 5 === 3
          ? null
          : integer(clock, `sets up ${workday}`, 22, 40) + (workday < FASTER_FROM ? 20 : 0),
    }));
}
