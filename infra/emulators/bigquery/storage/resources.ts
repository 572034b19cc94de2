import { z } from "zod";
import type { TableField } from "./column-type.ts";

export const datasetBody = z.looseObject({
  datasetReference: z.looseObject({ datasetId: z.string().regex(/^\w{1,1024}$/) }),
});

export const tableBody = z.looseObject({
  tableReference: z.looseObject({ tableId: z.string().min(1).max(1024) }),
  schema: z.looseObject({ fields: z.array(z.unknown()).optional() }).optional(),
  view: z.looseObject({ query: z.string() }).optional(),
});

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/datasets#Dataset */
export type DatasetResource = z.infer<typeof datasetBody>;

/** A table or view, https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#Table */
export interface TableResource {
  [property: string]: unknown;
  tableReference: Record<string, unknown>;
  type?: "TABLE" | "VIEW";
  schema?: { fields: TableField[] };
  view?: { query: string } | undefined;
}

/** Times of a new resource, in milliseconds since 1970 as strings. */
export function createResourceTimes(): { creationTime: string; lastModifiedTime: string; etag: string } {
  return { creationTime: String(Date.now()), ...createUpdateTimes() };
}

/** Times of a changed resource, in milliseconds since 1970 as strings. */
export function createUpdateTimes(): { lastModifiedTime: string; etag: string } {
  const now = String(Date.now());
  return { lastModifiedTime: now, etag: Buffer.from(now).toString("base64") };
}
