import { homeOpened } from "../../emulators/slack/interactions/callbacks.ts";
import { defaultWorkspace } from "../../local/seed/slack.ts";
import type { DayClock } from "../day-clock.ts";
import { json } from "../delivery.ts";
import type { HistoryDay } from "./calendar.ts";
import type { PastDelivery } from "./past-delivery.ts";
import { integer, pick } from "./random.ts";

const workspace = defaultWorkspace();
const users = ["U0MIRA", "U0JONAS", "U0LENA", "U0TOMAS", "U0INES"];

/** On working days somebody looks at App Home. */
export function homeOpenedDelivery(clock: DayClock, { date, midnight, workday }: HistoryDay): PastDelivery[] {
  if (workday === null) return [];
  const user = pick(clock, `home ${date}`, users);
  const at = midnight + integer(clock, `home at ${date}`, 9 * 60, 17 * 60);
  const body = json(homeOpened(workspace, { user, ts: clock.slackTs(at) }));
  return [{ at, delivery: { source: "slack", label: `${user} opens App Home`, body } }];
}
