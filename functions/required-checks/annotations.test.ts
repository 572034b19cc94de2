import { expect, it } from "vitest";
import { listFailedRuns } from "./annotations.ts";

const job = (conclusion: string, url: string | null) => ({ name: "job", conclusion, url });
const page = "https://github.com/acme/shop";

it.each([
  ["a check without jobs is its own run", [], [1]],
  ["the jobs that failed are", [job("failure", `${page}/runs/5`), job("success", `${page}/runs/6`)], [5]],
  ["a job of a workflow is found by its page", [job("failure", `${page}/actions/runs/3/job/8?pr=1`)], [8]],
  ["each once", [job("failure", `${page}/runs/5`), job("timed_out", `${page}/runs/5`)], [5]],
  [
    "jobs on other pages are not found",
    [job("failure", "https://ci.example/runs/5"), job("failure", null)],
    [1],
  ],
  ["five at most", [2, 3, 4, 5, 6, 7].map((id) => job("failure", `${page}/runs/${id}`)), [2, 3, 4, 5, 6]],
])("of the runs with reasons for a failure %s", (_, jobs, expected) => {
  expect(listFailedRuns({ jobs }, 1)).toEqual(expected);
});
