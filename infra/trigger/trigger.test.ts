import { expect, it } from "vitest";
import { readFunctions } from "../manifests/read-functions.ts";
import { buildDelivery, changePayload } from "./build-delivery.ts";
import { findExample, listExamples, suggestExamples } from "./examples.ts";
import { moveTimes } from "./move-times.ts";
import { changePath, parseAssignment } from "./payload-paths.ts";
import { findFields } from "./usual-fields.ts";

const functions = await readFunctions();
const sources = functions.filter(({ manifest }) => "http" in manifest.trigger).map(({ name }) => name);
const examples = listExamples(sources);
const now = new Date("2026-11-30T12:00:00Z");

it("every source has an example", () => {
  expect(new Set(examples.map(({ source }) => source))).toEqual(new Set(sources));
});

it.each([
  ["github.check_run", "github.check-run-failed"],
  ["github.check_run.completed", "github.check-run-failed"],
  ["github.check_run.created", "github.check_run#0"],
  ["github.check-run-passed", "github.check-run-passed"],
  ["github.deployment_status", "github.deployment-status-failure"],
  ["github.push", "github.push#0"],
  ["freight.deploy-finished", "freight.deploy-finished"],
  ["github.check_rum", undefined],
  ["freight", undefined],
])("the name %s finds the example %s", (name, found) => {
  expect(findExample(examples, name)?.name).toBe(found);
});

it("a name with a mistake suggests names", () => {
  expect(suggestExamples(examples, "github.check_rum")).toContain("github.check_run");
  expect(suggestExamples(examples, "freight.x")).toContain("freight.deploy-failed");
});

const payload = {
  action: "completed",
  check_run: { head_sha: "a".repeat(40), conclusion: "success", id: 7, output: { title: "7" } },
  commits: [{ id: "one" }],
  url: `https://github.com/octo/hello/commit/${"a".repeat(40)}`,
  repository: { full_name: "octo/hello", name: "hello", owner: { login: "octo" } },
  organization: { login: "octo" },
  sender: { login: "mona-lisa", url: "https://github.com/mona-lisa" },
};

it.each([
  ["check_run.conclusion=failure", { check_run: { conclusion: "failure" } }],
  ["check_run.id=8", { check_run: { id: 8 } }],
  ["check_run.output.title=8", { check_run: { output: { title: "8" } } }],
  ["check_run.output=null", { check_run: { output: null } }],
  ["commits.0.id=a=b", { commits: [{ id: "a=b" }] }],
])("%s changes that value", (assignment, expected) => {
  const before = structuredClone(payload);
  expect(changePath(payload, parseAssignment(assignment))).toMatchObject(expected);
  expect(payload).toEqual(before);
});

it.each([
  [
    "check_run.conlusion=failure",
    "The payload has no check_run.conlusion; check_run has head_sha, conclusion",
  ],
  ["checkrun.conclusion=failure", "The payload has no checkrun, so checkrun.conclusion cannot be set"],
  ["nothing", "nothing is not path=value"],
  ["__proto__.polluted=1", "The payload has no __proto__"],
])("%s is refused: %s", (assignment, message) => {
  expect(() => changePath(payload, parseAssignment(assignment))).toThrow(message);
});

it("a name that the payload lacks can be added", () => {
  const changed = changePath(payload, { path: "check_run.external_id", value: "x" }, { add: true });
  expect(changed).toMatchObject({ check_run: { external_id: "x" } });
});

it("the usual fields change in every place that names the same thing", () => {
  const fields = { repository: "getsentry/sentry", sha: "b".repeat(40), user: "mira-okafor", conclusion: "" };
  expect(changePayload(payload, { fields, keepTimes: true }, now)).toMatchObject({
    check_run: { head_sha: "b".repeat(40), conclusion: null },
    url: `https://github.com/getsentry/sentry/commit/${"b".repeat(40)}`,
    repository: { full_name: "getsentry/sentry", name: "sentry", owner: { login: "getsentry" } },
    organization: { login: "getsentry" },
    sender: { login: "mira-okafor", url: "https://github.com/mira-okafor" },
  });
});

it.each([
  ["github.check-run-failed", ["repository", "sha", "conclusion", "status", "user"]],
  ["freight.deploy-finished", ["sha", "status", "user"]],
  ["slack.message-im", ["user", "text"]],
  ["gocd.stage-building", ["sha", "conclusion", "status", "user"]],
  ["webpack.assets", ["sha"]],
])("%s has the fields %j", (name, fields) => {
  expect(findFields(findExample(examples, name)?.payload).map(({ field }) => field)).toEqual(fields);
});

it("a field that the example lacks is a mistake", () => {
  expect(() => changePayload({ a: 1 }, { fields: { sha: "b" } }, now)).toThrow("This example has no sha");
});

it("all times move by the same duration, in the format that they have", () => {
  const times = {
    started_at: "2020-01-01T10:00:00Z",
    completed_at: "2020-01-01T12:00:00.25+02:00",
    "create-time": "2020-01-01T11:00:00.018+0000",
    pushed_at: 1_577_872_800,
    ts: "1577872800.000500",
    id: 1_577_872_800,
    count: "1577872800",
    title: "2020-01-01",
  };
  expect(moveTimes(times, now)).toEqual({
    started_at: "2026-11-30T10:59:59Z",
    completed_at: "2026-11-30T12:59:59.25+02:00",
    "create-time": "2026-11-30T11:59:59.018+0000",
    pushed_at: Date.parse("2026-11-30T10:59:59Z") / 1000,
    ts: `${Date.parse("2026-11-30T10:59:59Z") / 1000}.000500`,
    id: 1_577_872_800,
    count: "1577872800",
    title: "2020-01-01",
  });
  expect(moveTimes({ a: 1 }, now)).toEqual({ a: 1 });
});

it.each(examples.filter(({ name }) => !name.includes("#")).map(({ name }) => name))(
  "each delivery of %s has another event id",
  async (name) => {
    const example = findExample(examples, name);
    const folder = functions.find((each) => each.name === example?.source);
    if (!example || !folder) throw new Error(`There is no ${name}`);
    const [one, two] = [
      await buildDelivery(folder, example, example.payload),
      await buildDelivery(folder, example, example.payload),
    ];
    expect(one).not.toEqual(two);
  },
);
