/** A method of the API. Parameters in its path are required, the others are in the query string. */
type Method = [id: string, httpMethod: string, path: string, queryParameters?: string[], hasBody?: boolean];

const PAGE = ["maxResults", "pageToken"];
const DATASET = "projects/{+projectId}/datasets/{+datasetId}";
const TABLE = `${DATASET}/tables/{+tableId}`;
const JOB = "projects/{+projectId}/jobs/{+jobId}";

const METHODS: readonly Method[] = [
  ["projects.list", "GET", "projects", PAGE],
  ["datasets.list", "GET", "projects/{+projectId}/datasets", [...PAGE, "all", "filter"]],
  ["datasets.get", "GET", DATASET, ["datasetView", "accessPolicyVersion"]],
  ["datasets.insert", "POST", "projects/{+projectId}/datasets", ["accessPolicyVersion"], true],
  ["datasets.patch", "PATCH", DATASET, ["updateMode", "accessPolicyVersion"], true],
  ["datasets.update", "PUT", DATASET, ["updateMode", "accessPolicyVersion"], true],
  ["datasets.delete", "DELETE", DATASET, ["deleteContents"]],
  ["tables.list", "GET", `${DATASET}/tables`, PAGE],
  ["tables.get", "GET", TABLE, ["selectedFields", "view"]],
  ["tables.insert", "POST", `${DATASET}/tables`, [], true],
  ["tables.patch", "PATCH", TABLE, ["autodetect_schema"], true],
  ["tables.update", "PUT", TABLE, ["autodetect_schema"], true],
  ["tables.delete", "DELETE", TABLE],
  ["tabledata.list", "GET", `${TABLE}/data`, [...PAGE, "startIndex", "selectedFields", ...formatOptions()]],
  ["tabledata.insertAll", "POST", `${TABLE}/insertAll`, [], true],
  [
    "jobs.list",
    "GET",
    "projects/{+projectId}/jobs",
    [...PAGE, "allUsers", "projection", "stateFilter", "parentJobId"],
  ],
  ["jobs.get", "GET", JOB, ["location"]],
  ["jobs.insert", "POST", "projects/{+projectId}/jobs", [], true],
  ["jobs.cancel", "POST", `${JOB}/cancel`, ["location"]],
  ["jobs.delete", "DELETE", `${JOB}/delete`, ["location"]],
  ["jobs.query", "POST", "projects/{+projectId}/queries", [], true],
  [
    "jobs.getQueryResults",
    "GET",
    "projects/{+projectId}/queries/{+jobId}",
    [...PAGE, "startIndex", "timeoutMs", "location", ...formatOptions()],
  ],
];

function formatOptions(): string[] {
  return ["formatOptions.useInt64Timestamp", "formatOptions.timestampOutputFormat"];
}

/**
 * Builds the discovery document, from which `bq --api <rootUrl>` learns the API's methods.
 * @param rootUrl address of the emulator, with a slash at the end
 * @see https://developers.google.com/discovery/v1/reference/apis
 */
export function buildDiscoveryDocument(rootUrl: string): Record<string, unknown> {
  const resources: Record<string, { methods: Record<string, unknown> }> = {};
  for (const declared of METHODS) {
    const [resource = "", method = ""] = declared[0].split(".");
    resources[resource] ??= { methods: {} };
    resources[resource].methods[method] = describeMethod(declared);
  }
  return {
    kind: "discovery#restDescription",
    discoveryVersion: "v1",
    id: "bigquery:v2",
    name: "bigquery",
    version: "v2",
    protocol: "rest",
    rootUrl,
    servicePath: "bigquery/v2/",
    // bq reads the older name of servicePath.
    basePath: "/bigquery/v2/",
    baseUrl: `${rootUrl}bigquery/v2/`,
    batchPath: "batch/bigquery/v2",
    parameters: {
      alt: { type: "string", location: "query" },
      fields: { type: "string", location: "query" },
      prettyPrint: { type: "boolean", location: "query" },
      quotaUser: { type: "string", location: "query" },
    },
    schemas: { Body: { id: "Body", type: "object", additionalProperties: { type: "any" } } },
    resources,
  };
}

/** bq inserts no job if the method does not support media uploads. */
const MEDIA_UPLOAD = {
  supportsMediaUpload: true,
  mediaUpload: {
    accept: ["*/*"],
    protocols: { simple: { multipart: true, path: "/upload/bigquery/v2/projects/{+projectId}/jobs" } },
  },
};

function describeMethod([id, httpMethod, path, query = [], hasBody = false]: Method): Record<
  string,
  unknown
> {
  const inPath = [...path.matchAll(/\{\+(\w+)\}/g)].map(([, name = ""]) => name);
  const parameters = Object.fromEntries([
    ...inPath.map((name) => [name, { type: "string", location: "path", required: true }]),
    ...query.map((name) => [name, { type: "string", location: "query" }]),
  ]);
  const body = hasBody ? { request: { $ref: "Body" } } : {};
  const response = httpMethod === "DELETE" ? {} : { response: { $ref: "Body" } };
  const upload = id === "jobs.insert" ? MEDIA_UPLOAD : {};
  return {
    id: `bigquery.${id}`,
    httpMethod,
    path,
    parameterOrder: inPath,
    parameters,
    ...body,
    ...response,
    ...upload,
  };
}
