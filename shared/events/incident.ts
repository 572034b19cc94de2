import { z } from "zod";

const time = z.iso.datetime({ precision: 3 }).nullable();
const text = z.string().nullable();

export const incidentStatus = z.enum(["opened", "resolved"]);
type IncidentStatus = z.infer<typeof incidentStatus>;

/** What an event says about an incident, whatever tool reports it. Fields that the event does not give are null. */
export const incident = z
  .object({
    id: z.string().min(1).max(255).describe("Sender's id of the incident; unique with the event's source"),
    title: text,
    severity: text.describe("In the sender's words: critical, P1, high, error, …"),
    status: incidentStatus.describe("An incident that opens again is opened"),
    openedAt: time.describe(
      "null if the event does not say that this is an incident: it only changes one that is known",
    ),
    resolvedAt: time,
    link: text.describe("Sender's page of the incident"),
    service: text.describe("Name of the service in the sender's words"),
    sha: text.describe("Commit that caused it, possibly shortened, if the sender names it"),
    release: text.describe("Release in which it occurred, if the sender names it"),
    deploymentId: text.describe("Deployment that caused it, if the sender names it"),
  })
  .describe("The incident that the event is about");

export type Incident = z.infer<typeof incident>;
