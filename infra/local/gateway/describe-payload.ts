type Json = Record<string, unknown>;

/** Longer descriptions are cut. */
const MAX_LENGTH = 120;

/**
 * Describes a sender's payload in a few words, for lists: the check and its result, the title of an issue or incident, the text of a
 * message or commit. null where the type and subject say it all.
 */
export function describePayload(payload: unknown): string | null {
  const found = descriptions.map((describe) => describe(asObject(payload))).find((text) => text);
  if (!found) return null;
  const [line = ""] = found.trim().split("\n");
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH - 1)}…` : line || null;
}

/** The first that finds something describes the payload: a review has its pull request too, a deployment's status its workflow run. */
const descriptions: ((payload: Json) => string | undefined)[] = [
  ({ deployment_status }) => {
    const { environment, state } = asObject(deployment_status);
    return join(environment, state);
  },
  ({ check_run, workflow_job, workflow_run }) => describeRun(check_run ?? workflow_job ?? workflow_run),
  ({ check_suite }) => describeRun(check_suite, asObject(asObject(check_suite).app).name),
  ({ review, pull_request }) => join(asObject(review).state, asObject(pull_request).title),
  ({ pull_request, issue, discussion }) => asText(asObject(pull_request ?? issue ?? discussion).title),
  ({ head_commit }) => asText(asObject(head_commit).message),
  // Slack: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
  ({ actions }) => {
    const [action] = Array.isArray(actions) ? actions : [];
    const { text, action_id } = asObject(action);
    return asText(asObject(text).text) ?? asText(action_id);
  },
  ({ event }) => asText(asObject(event).text) ?? asText(asObject(asObject(event).data).title),
  ({ data }) => {
    const { title, metric_alert, issue, event } = asObject(data);
    return asText(title) ?? asText(asObject(metric_alert ?? issue ?? event).title);
  },
];

function describeRun(run: unknown, name: unknown = asObject(run).name): string | undefined {
  const { conclusion, status } = asObject(run);
  return join(name, conclusion ?? status);
}

/** `<name>: <value>`, if there are both. */
function join(name: unknown, value: unknown): string | undefined {
  const [first, second] = [asText(name), asText(value)];
  return first && second ? `${first}: ${second}` : undefined;
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
