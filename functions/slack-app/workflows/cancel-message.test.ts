import { describe, expect, it } from "vitest";
import { cancelled, noPullRequest } from "./cancel-message.ts";

const pull = { owner: "getsentry", repo: "sentry", number: 24000 };
const link = "<https://github.com/getsentry/sentry/pull/24000|getsentry/sentry#24000>";
const runs = (...names: string[]) => names.map((name, id) => ({ id, name }));

describe("the reply to gha cancel", () => {
  it.each([
    [[], `No workflows to cancel for ${link}`],
    [["backend"], `Cancelled 1 workflow of ${link}: backend`],
    [["backend", "lint"], `Cancelled 2 workflows of ${link}: backend, lint`],
    [["backend", "lint", "backend"], `Cancelled 3 workflows of ${link}: backend (2), lint`],
    [["<!channel> & co"], `Cancelled 1 workflow of ${link}: &lt;!channel&gt; &amp; co`],
  ])("lists the workflows %j", (names, text) => {
    expect(cancelled(pull, runs(...names)).text).toBe(text);
  });

  it("cuts a list of 1,000 workflows", () => {
    const many = runs(...Array.from({ length: 1000 }, (_, n) => `workflow ${n}`));
    expect(cancelled(pull, many).text).toMatch(/^Cancelled 1000 workflows of .*…$/);
    expect(cancelled(pull, many).text.length).toBeLessThan(3000);
  });

  it("escapes the typed address", () => {
    expect(noPullRequest("<!channel>").text).toContain("Unable to find a pull request in “&lt;!channel&gt;”");
    expect(noPullRequest("").text).toContain("Unable to find a pull request. Write");
  });
});
