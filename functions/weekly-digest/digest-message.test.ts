import { describe, expect, it } from "vitest";
import { MAX_BLOCKS_LENGTH, MAX_MESSAGE_BLOCKS, MAX_SECTION } from "../../shared/slack/slack-message.ts";
import { digestMessage } from "./digest-message.ts";
import { isEmptyWeek, type MetricsRow, type WeekRows } from "./read-week.ts";

const quiet: WeekRows = { metrics: [], slowest: [], flakiest: [], reviews: [] };
const shop: MetricsRow = {
  service: "shop",
  environment: "production",
  is_current: true,
  deployments: 12,
  lead_time_seconds: 18_180,
  changes: 10,
  failed_changes: 1,
  recovery_seconds: 2730,
  reworks: 2,
};
const shopBefore: MetricsRow = {
  ...shop,
  is_current: false,
  deployments: 0,
  lead_time_seconds: null,
  changes: 0,
  failed_changes: 0,
  recovery_seconds: null,
  reworks: 0,
};

function textsOf(rows: Partial<WeekRows>): string[] {
  const { blocks = [] } = digestMessage({ ...quiet, ...rows }, { team: "storefront", week: "2026-11-30" });
  return blocks.flatMap((block) => (block.type === "section" ? [block.text?.text ?? ""] : []));
}

describe("the digest of a week", () => {
  it("says whose week it is, why its readers get it, and how to mute it", () => {
    const { text, blocks } = digestMessage(quiet, { team: "storefront", week: "2026-11-30" });
    expect(text).toBe("The week of storefront, 30 November to 6 December");
    expect(blocks?.at(-1)).toMatchObject({
      type: "context",
      elements: [
        {
          text: expect.stringMatching(
            /^This is the channel of the team storefront in ci-tooling\.yaml.*`digest: off` of the team ends these messages\.$/,
          ),
        },
      ],
    });
  });

  it.each<[string, Partial<WeekRows>, string[]]>([
    [
      "five metrics against the week before",
      { metrics: [shop, shopBefore] },
      [
        `*shop*
Deployments: 12 (0)
Lead time, median: 5 h 3 min (none)
Changes that failed: 10 %, 1 of 10 (none)
Time to recover, median: 45 min 30 s (none)
Rollbacks and hotfixes: 17 %, 2 of 12 (none)`,
      ],
    ],
    [
      "a service that was first deployed this week",
      { metrics: [{ ...shop, lead_time_seconds: 200_000 }] },
      [expect.stringContaining("Deployments: 12\nLead time, median: 2 days 7 h\n")],
    ],
    ["a service that was not deployed in either week", { metrics: [] }, []],
    [
      "services in the order of their deployments, with the environment where one has several",
      {
        metrics: [
          { ...shopBefore, is_current: true, service: "api" },
          shop,
          { ...shop, environment: "eu", deployments: 3 },
        ],
      },
      [
        expect.stringMatching(/^\*shop in production\*/),
        expect.stringMatching(/^\*shop in eu\*/),
        expect.stringMatching(/^\*api\*/),
      ],
    ],
    [
      "the first ten services",
      { metrics: Array.from({ length: 12 }, (_, index) => ({ ...shop, service: `s${index}` })) },
      [...Array.from({ length: 10 }, () => expect.stringContaining("Deployments")), "and 2 more services"],
    ],
    [
      "slow and flaky checks",
      {
        slowest: [{ repository: "acme/shop", check_name: "build <all>", seconds: 754.4, runs: 31 }],
        flakiest: [{ repository: "acme/shop", check_name: "e2e", flaky_commits: 4, commits: 1 }],
      },
      [
        "*Slowest checks, median*\n• build &lt;all&gt; of acme/shop: 12 min 34 s in 31 runs",
        "*Flakiest checks: failed, then passed for the same commit*\n• e2e of acme/shop: 4 of 1 commit",
      ],
    ],
    [
      "pull requests that wait, with their titles as text",
      {
        reviews: [
          {
            repository: "acme/shop",
            number: 7,
            title: "Greet <!channel>",
            author: "ada",
            age_seconds: 90_000,
          },
          { repository: "acme/shop", number: 8, title: null, author: null, age_seconds: 40 },
        ],
      },
      [
        `*Pull requests that have waited longest for a review*
• <https://github.com/acme/shop/pull/7|acme/shop#7> Greet &lt;!channel&gt; by ada: opened 1 day 1 h ago
• <https://github.com/acme/shop/pull/8|acme/shop#8> : opened 40 s ago`,
      ],
    ],
  ])("lists %s", (_, rows, expected) => {
    expect(textsOf(rows).slice(1)).toEqual(expected);
  });

  it("fits into a message of Slack, however long the names are", () => {
    const long = "&".repeat(300);
    const repository = `${"o".repeat(39)}/${"r".repeat(100)}`;
    const rows: WeekRows = {
      metrics: Array.from({ length: 30 }, (_, n) => ({ ...shop, service: `${n} ${long}` })),
      slowest: Array.from({ length: 3 }, () => ({ repository, check_name: long, seconds: 1e7, runs: 1e6 })),
      flakiest: Array.from({ length: 3 }, () => ({
        repository,
        check_name: long,
        flaky_commits: 1e6,
        commits: 1e6,
      })),
      reviews: Array.from({ length: 5 }, () => ({
        repository,
        number: 1e9,
        title: long,
        author: long,
        age_seconds: 1e8,
      })),
    };
    const { blocks = [] } = digestMessage(rows, { team: long, week: "2026-11-30" });
    expect(Math.max(...textsOf(rows).map(({ length }) => length))).toBeLessThanOrEqual(MAX_SECTION);
    expect(blocks.length).toBeLessThanOrEqual(MAX_MESSAGE_BLOCKS);
    expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(MAX_BLOCKS_LENGTH);
  });

  it.each<[string, Partial<WeekRows>, boolean]>([
    ["nothing was ever deployed or checked, and nothing waits", {}, true],
    ["a service was not deployed this week", { metrics: [{ ...shopBefore, is_current: true }] }, false],
    [
      "only a review waits",
      { reviews: [{ ...{ repository: "a/b", number: 1, title: null, author: null, age_seconds: 1 } }] },
      false,
    ],
  ])("is not empty unless %s", (_, rows, expected) => {
    expect(isEmptyWeek({ ...quiet, ...rows })).toBe(expected);
  });
});
