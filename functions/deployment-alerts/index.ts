import { readConfig } from "../../shared/config.ts";
import { defineSchedule } from "../../shared/schedule/define-schedule.ts";
import { updateAlerts } from "./update-alerts.ts";

const { services } = readConfig(process.env);

defineSchedule("deployment-alerts", () => updateAlerts(services, new Date()));
