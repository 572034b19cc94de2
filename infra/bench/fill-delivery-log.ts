import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import type { DeliveryLog } from "../local/gateway/delivery-log.ts";

const SECOND_MS = 1000;

/**
 * Fills a log with deliveries of Octokit's examples, a second apart until now, each with its event and two pushes. Each hundredth was
 * refused.
 */
export function fillDeliveryLog(log: DeliveryLog, count: number): void {
  const began = Date.now() - count * SECOND_MS;
  const examples = webhookExamples.map(({ event, payload }) => ({
    event,
    body: Buffer.from(JSON.stringify(payload)),
    action: typeof payload.action === "string" ? `.${payload.action}` : "",
    repository: (payload.repository as { full_name?: string } | undefined)?.full_name ?? null,
    actor: (payload.sender as { login?: string } | undefined)?.login ?? null,
  }));
  for (let index = 0; index < count; index++) {
    const example = examples[index % examples.length];
    if (!example) return;
    const { event, action, body, repository, actor } = example;
    const at = new Date(began + index * SECOND_MS).toISOString();
    const isRefused = index % 100 === 0;
    const eventId = isRefused ? null : `bench-${index}`;
    log.addDelivery({
      at,
      durationMs: 3,
      source: "github",
      method: "POST",
      headers: { "x-github-event": event, "content-type": "application/json" },
      body,
      status: isRefused ? 401 : 202,
      eventId,
      response: isRefused ? '{"error":"X-Hub-Signature-256 does not match the body"}' : `{"id":"${eventId}"}`,
      log: [],
    });
    if (eventId === null) continue;
    log.addEvent(eventId, {
      id: eventId,
      actor: actor && { name: actor },
      repository: repository && { fullName: repository },
    });
    for (const name of ["metrics", "required-checks"])
      log.addPush({
        at,
        durationMs: 5,
        subscription: `${name}-github-events`,
        function: name,
        messageId: String(index),
        eventId,
        attributes: { "ce-type": `github.${event}${action}`, "ce-subject": repository ?? "", "ce-time": at },
        attempt: 1,
        outcome: "acknowledged",
        log: [],
      });
    log.settle(eventId);
  }
}
