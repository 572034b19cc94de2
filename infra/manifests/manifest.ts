import { z } from "zod";

/** Schema of functions/<name>/function.json, which Terraform, the local suite, the build and the documentation read. */
export const manifest = z.strictObject({
  description: z.string().min(10),
  trigger: z.union([
    z.strictObject({ http: z.literal(true) }),
    z.strictObject({
      subscriptions: z
        .array(
          z.strictObject({
            topic: z
              .string()
              .regex(/^(\*|[a-z][a-z0-9-]+)$/)
              .describe("A topic, or * for every topic that a function publishes"),
            filter: z
              .string()
              .max(256)
              .optional()
              .describe("https://cloud.google.com/pubsub/docs/subscription-message-filter"),
          }),
        )
        .min(1),
    }),
  ]),
  sender: z
    .string()
    .min(1)
    .optional()
    .describe("Sender of a source function's webhooks, as documentation names it: GitHub, CI"),
  publishes: z.string().optional().describe("Topic of a source function: <source>-events"),
  secrets: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]+$/))
    .describe("Names of the secrets that the function may read, and no others"),
  tables: z
    .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/))
    .optional()
    .describe("Tables of infra/bigquery/tables that the function may write to, <dataset>.<table>"),
  database: z.boolean().describe("Whether the function connects to Postgres"),
  resources: z.strictObject({
    memory: z.string().regex(/^\d+(Mi|Gi)$/),
    timeoutSeconds: z.int().min(1).max(3600),
    concurrency: z.int().min(1).max(1000),
    minInstances: z.int().min(0),
    maxInstances: z.int().min(1),
  }),
});

export type Manifest = z.infer<typeof manifest>;
