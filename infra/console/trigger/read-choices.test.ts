import { expect, it } from "vitest";
import { listExamples } from "../../trigger/examples.ts";
import { readChoices, toChanges, toCommand, toQuery } from "./read-choices.ts";

const examples = listExamples(["freight", "github", "slack"]);

it.each([
  [{}, "github.check-run-failed"],
  [{ source: "github", event: "check_run" }, "github.check-run-failed"],
  // The person chose another source: the event and the example are still of the one before.
  [{ source: "slack", event: "check_run", example: "github.check-run-failed" }, "slack.app-home-opened"],
  [{ source: "github", event: "push", example: "github.check-run-failed" }, "github.push#0"],
  [{ source: "github", event: "check_run", example: "github.check-run-passed" }, "github.check-run-passed"],
  [{ example: "github.check_run.created" }, "github.check_run#0"],
  [{ example: "nothing", source: ["a", "b"] }, "freight.deploy-canceled"],
])("the form %j chooses %s", (form, name) => {
  expect(readChoices(form, examples).example.name).toBe(name);
});

it("the address and the command have what was changed, and nothing else", () => {
  const choices = readChoices(
    {
      example: "github.check-run-failed",
      repository: "getsentry/getsentry",
      conclusion: "cancelled",
      set: "check_run.name=it's\n\naction=completed",
      keepTimes: "on",
    },
    examples,
  );
  expect(toChanges(choices)).toEqual({
    fields: { conclusion: "cancelled" },
    set: [
      { path: "check_run.name", value: "it's" },
      { path: "action", value: "completed" },
    ],
    keepTimes: true,
  });
  expect(toCommand(choices, "http://localhost:3000")).toBe(
    "npm run trigger -- github.check-run-failed --conclusion cancelled --set 'check_run.name=it'\\''s' --set action=completed --keep-times",
  );
  expect(toCommand(choices, "http://localhost:4600")).toMatch(/^PORT=4600 npm run trigger -- github/);
  expect(readChoices(Object.fromEntries(new URLSearchParams(toQuery(choices, 7))), examples)).toEqual(
    choices,
  );
});
