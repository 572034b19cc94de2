import { createRequire } from "node:module";

export interface WebhookExample {
  /** `<event>#<index>`, a stable name. */
  name: string;
  event: string;
  payload: Record<string, unknown>;
}

// The package declares a default export that its CommonJS module does not provide to ES modules.
const examples: { name: string; examples: Record<string, unknown>[] }[] = createRequire(import.meta.url)(
  "@octokit/webhooks-examples",
);

/** All payloads in `@octokit/webhooks-examples`: real deliveries, collected by Octokit's maintainers. */
export const webhookExamples: WebhookExample[] = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload, index) => ({ name: `${name}#${index}`, event: name, payload })),
);
