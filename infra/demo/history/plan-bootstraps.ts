import type { DemoBootstrap } from "../bootstraps.ts";
import type { DayClock } from "../day-clock.ts";
import type { Workday } from "./calendar.ts";
import { integer } from "./random.ts";

const names = ["aino", "bruno", "chidi", "dana", "emre", "freya", "mira", "jonas"];
/** Working day of the change that makes setups 20 minutes faster. */
const FASTER_FROM = 9;

/** One setup of a development environment on two of three working days. Every fifth never ends. */
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
