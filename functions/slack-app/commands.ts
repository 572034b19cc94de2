import { cancelWorkflows } from "./cancel-workflows.ts";
import { countTypescript } from "./count-typescript.ts";
import { help } from "./help.ts";
import { deployNotifications } from "./set-notifications.ts";
import { syncUsers } from "./sync-users.ts";

/** What users can ask the bot, in the order in which the help lists it. `help` is the last one: it matches every direct message. */
export const commands = [deployNotifications, cancelWorkflows, countTypescript, syncUsers, help];
