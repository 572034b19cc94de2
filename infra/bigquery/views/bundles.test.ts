import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pullRequestEventRows, pushRows } from "../testing/example-github-rows.ts";
import { assetRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

const base = { commit: "base", received: "2025-03-03T10:00:00Z" };
const head = { commit: "head", pullRequest: 7, received: "2025-03-03T11:00:00Z" };

describe("bundle_sizes", () => {
  it("the latest report of an asset counts, and the build's first report dates it", async () => {
    await warehouse.given(
      assetRows({ ...base, sizes: { "app.js": 100 } }),
      assetRows({ ...base, sizes: { "app.js": 100 } }),
      assetRows({ ...base, received: "2025-03-03T10:01:00Z", sizes: { "app.js": 101, "app.css": 5 } }),
      assetRows({ ...head, sizes: { "app.js": 120 } }),
    );
    const rows = await warehouse.rows(
      "SELECT * FROM product_eng.bundle_sizes ORDER BY built_at, file DESC, pull_request_number",
    );
    const row = {
      pull_request_number: null,
      commit: "base",
      entrypoint: "app",
      environment: "ci",
      node_env: "production",
      built_at: "2025-03-03T10:00:00.000Z",
    };
    expect(rows).toEqual([
      { ...row, file: "app.js", asset: "app.js", size_bytes: 101, reported_at: "2025-03-03T10:01:00.000Z" },
      { ...row, file: "app.css", asset: "app.css", size_bytes: 5, reported_at: "2025-03-03T10:01:00.000Z" },
      {
        ...row,
        file: "app.js",
        asset: "app.js",
        size_bytes: 120,
        pull_request_number: 7,
        commit: "head",
        built_at: "2025-03-03T11:00:00.000Z",
        reported_at: "2025-03-03T11:00:00.000Z",
      },
    ]);
  });
});

describe("bundle_differences", () => {
  const columns =
    "commit, base_commit, entrypoint, file, size_bytes, base_size_bytes, difference_bytes, change";

  async function differences() {
    const rows = await warehouse.rows(
      `SELECT ${columns} FROM product_eng.bundle_differences ORDER BY pull_request_number, entrypoint, file`,
    );
    return rows.map((row) => Object.values(row));
  }

  it("every asset of a pull request is compared with the base branch's", async () => {
    await warehouse.given(
      assetRows({ ...base, sizes: { "app.js": 100, "app.css": 5, "old.js": 7 } }),
      assetRows({ ...base, entrypoint: "pipeline", sizes: { "app.js": 50 } }),
      assetRows({ ...head, sizes: { "app.js": 120, "app.css": 5, "new.js": 3 } }),
      assetRows({ ...head, entrypoint: "pipeline", sizes: { "app.js": 40 } }),
      assetRows({ ...head, sizes: { "app.js": 120, "app.css": 5, "new.js": 3 } }),
    );
    expect(await differences()).toEqual([
      ["head", "base", "app", "app.css", 5, 5, 0, "unchanged"],
      ["head", "base", "app", "app.js", 120, 100, 20, "changed"],
      ["head", "base", "app", "new.js", 3, null, 3, "added"],
      ["head", "base", "app", "old.js", null, 7, -7, "removed"],
      ["head", "base", "pipeline", "app.js", 40, 50, -10, "changed"],
    ]);
  });

  it("the pull request's latest commit is compared with the latest base build at that time", async () => {
    const sizes = (size: number) => ({ sizes: { "app.js": size } });
    await warehouse.given(
      // Reported out of order, and an old base commit's build reported again after all others.
      assetRows({ commit: "head2", pullRequest: 7, received: "2025-03-03T12:00:00Z", ...sizes(130) }),
      assetRows({ ...head, ...sizes(120) }),
      assetRows({ commit: "base2", received: "2025-03-03T11:30:00Z", ...sizes(110) }),
      assetRows({ ...base, ...sizes(100) }),
      assetRows({ commit: "base3", received: "2025-03-03T12:30:00Z", ...sizes(200) }),
      assetRows({ ...base, received: "2025-03-03T11:45:00Z", ...sizes(100) }),
    );
    expect(await differences()).toEqual([["head2", "base2", "app", "app.js", 130, 110, 20, "changed"]]);
  });

  it("a pull request without an earlier base build of the same environment has no row", async () => {
    await warehouse.given(
      assetRows({ ...head, sizes: { "app.js": 120 } }),
      assetRows({ ...base, environment: "local", sizes: { "app.js": 100 } }),
      assetRows({ ...base, received: "2025-03-03T11:00:01Z", sizes: { "app.js": 100 } }),
    );
    expect(await differences()).toEqual([]);
  });

  it("the build of a feature branch's push is no build of the base branch", async () => {
    await warehouse.given(
      assetRows({ ...base, sizes: { "app.js": 100 } }),
      assetRows({ commit: "feature", received: "2025-03-03T10:30:00Z", sizes: { "app.js": 500 } }),
      assetRows({ ...head, sizes: { "app.js": 120 } }),
      pushRows({ branch: "fix", commits: [{ at: "2025-03-03T10:29:00Z", sha: "feature" }] }),
      pushRows({ branch: "master", commits: [{ at: "2025-03-03T09:59:00Z", sha: "base" }] }),
    );
    expect(await differences()).toEqual([["head", "base", "app", "app.js", 120, 100, 20, "changed"]]);
  });

  it("a sum over merged pull requests counts a chunk of two entry points once, and no open pull request", async () => {
    const pull = { opened: "2025-03-03T10:00:00Z", mergeCommit: "m7" };
    await warehouse.given(
      ...["app", "pipeline"].flatMap((entrypoint) => [
        assetRows({ ...base, entrypoint, sizes: { "vendors.js": 100 } }),
        assetRows({ ...head, entrypoint, sizes: { "vendors.js": 110 } }),
        assetRows({ ...head, pullRequest: 8, commit: "open", entrypoint, sizes: { "vendors.js": 190 } }),
      ]),
      pullRequestEventRows({ ...pull, number: 7, headSha: "head", merged: "2025-03-03T12:00:00Z" }),
      pullRequestEventRows({ ...pull, number: 8, headSha: "open" }),
    );
    expect(
      await warehouse.rows(
        "SELECT SUM(difference_bytes) AS added FROM product_eng.bundle_differences WHERE is_merged AND is_first_entrypoint",
      ),
    ).toEqual([{ added: 10 }]);
  });

  it("a file whose name has a hash of its content is compared with the same file under another hash", async () => {
    await warehouse.given(
      assetRows({
        ...base,
        sizes: { "app.1a2b3c4d.js": 1_000_000, "vendors-0f0f0f0f.min.js": 10, "deadline.js": 5 },
      }),
      assetRows({
        ...head,
        sizes: { "app.9f8e7d6c.js": 1_000_500, "vendors-1e1e1e1e.min.js": 10, "deadline.js": 5 },
      }),
    );
    expect(await differences()).toEqual([
      ["head", "base", "app", "app.[hash].js", 1_000_500, 1_000_000, 500, "changed"],
      ["head", "base", "app", "deadline.js", 5, 5, 0, "unchanged"],
      ["head", "base", "app", "vendors-[hash].min.js", 10, 10, 0, "unchanged"],
    ]);
  });

  it("builds without an environment are compared with each other", async () => {
    await warehouse.given(
      assetRows({ ...head, environment: null, sizes: { "app.js": 120 } }),
      assetRows({ ...base, environment: null, sizes: { "app.js": 100 } }),
    );
    expect(
      await warehouse.rows("SELECT environment, difference_bytes FROM product_eng.bundle_differences"),
    ).toEqual([{ environment: null, difference_bytes: 20 }]);
  });
});
