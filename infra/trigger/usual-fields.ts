import { changePath, mapTexts, type PayloadPath, readPath } from "./payload-paths.ts";

/** What people change most, by the name of its field in the form and of its flag. */
export const usualFields = ["repository", "sha", "conclusion", "status", "user", "text"] as const;

export type UsualField = (typeof usualFields)[number];

/** Where the sources have these; the first path with a value counts. */
const paths: Record<UsualField, PayloadPath[]> = {
  repository: ["repository.full_name"],
  sha: [
    ...["check_run", "check_suite", "workflow_run", "workflow_job"].map((name) => `${name}.head_sha`),
    "deployment.sha",
    "pull_request.head.sha",
    "merge_group.head_sha",
    "comment.commit_id",
    "after",
    "sha",
    "data.sha",
    "data.0.commit",
    "commit",
    "0.commit",
    "data.pipeline.build-cause.1.modifications.0.revision",
    "data.pipeline.build-cause.0.modifications.0.revision",
  ],
  conclusion: [
    ...["check_run", "check_suite", "workflow_run", "workflow_job"].map((name) => `${name}.conclusion`),
    "data.pipeline.stage.result",
  ],
  status: [
    ...["check_run", "check_suite", "workflow_run", "workflow_job"].map((name) => `${name}.status`),
    "deployment_status.state",
    "pull_request.state",
    "issue.state",
    "state",
    "status",
    "data.status",
    "data.pipeline.stage.state",
    "event.data.status",
    "data.issue.status",
  ],
  user: [
    "sender.login",
    "user",
    "event.user",
    "user.id",
    "data.user",
    "data.pipeline.stage.approved-by",
    "event.agent.summary",
    "data.name",
    "actor.name",
    "name",
  ],
  text: ["event.text"],
};

/** These name one thing in many places of a payload, addresses included. */
const everywhere: UsualField[] = ["repository", "sha", "user"];
/** Shorter texts are parts of other words. */
const MIN_LENGTH = 4;

/** A field that an example has. */
export interface FieldOfPayload {
  field: UsualField;
  path: PayloadPath;
  value: string;
}

/** Finds the usual fields of a payload. */
export function findFields(payload: unknown): FieldOfPayload[] {
  return usualFields.flatMap((field) => {
    for (const path of paths[field]) {
      const value = readPath(payload, path);
      if (typeof value === "string" || typeof value === "number" || value === null)
        return [{ field, path, value: value === null ? "" : String(value) }];
    }
    return [];
  });
}

/** Returns a copy of the payload with another repository, sha, … An empty conclusion is null, as GitHub sends it. */
export function changeField(payload: unknown, { field, path, value: old }: FieldOfPayload, value: string) {
  if (value === old) return payload;
  const isNull = value === "" && (field === "conclusion" || readPath(payload, path) === null);
  const changed = changePath(payload, { path, value: isNull ? "null" : value });
  const exact = isNull ? nullAt(changed, path) : changed;
  if (!everywhere.includes(field) || old.length < MIN_LENGTH) return exact;
  const renamed = mapTexts(exact, (text) => text.replaceAll(old, value));
  return field === "repository" ? renameRepository(renamed, old, value) : renamed;
}

/** `changePath` keeps a text a text. */
function nullAt(payload: unknown, path: PayloadPath): unknown {
  const names = path.split(".");
  const last = names.pop() ?? "";
  Object.assign(readPath(payload, names.join(".")) as object, { [last]: null });
  return payload;
}

/** The parts of `owner/name` are fields of their own. */
function renameRepository(payload: unknown, old: string, value: string): unknown {
  const [oldOwner] = old.split("/");
  const [owner = "", name = ""] = value.split("/");
  const parts = [
    { path: "repository.name", value: name },
    { path: "repository.owner.login", value: owner },
    { path: "organization.login", value: owner, only: oldOwner },
  ];
  return parts.reduce((current, part) => {
    const before = readPath(current, part.path);
    const changes = before !== undefined && (part.only === undefined || part.only === before);
    return changes ? changePath(current, part) : current;
  }, payload);
}
