import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { readFunctions } from "../../infra/manifests/read-functions.ts";
import { signFor } from "../../infra/send/send.ts";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import { request, startRequest } from "../support/request.ts";
import { startTestSuite, type TestSuite } from "../support/test-suite.ts";

const issue = webhookExamples.find(({ event }) => event === "issues");

interface Sender {
  source: string;
  body: Buffer;
  event?: string;
  /** The header that proves who the sender is. */
  credential: string;
  /** A header other than it that the source cannot do without. */
  required?: string;
  secret: string;
  /** Writes a text in the form of the source's secrets, unless any text is one. */
  toSecret?: (text: string) => string;
  accepted: number;
}

const senders: Sender[] = [
  {
    source: "github",
    body: Buffer.from(JSON.stringify(issue?.payload)),
    event: "issues",
    credential: "x-hub-signature-256",
    required: "x-github-delivery",
    secret: "GH_WEBHOOK_SECRET",
    accepted: 202,
  },
  {
    source: "slack",
    body: fixtureBytes("slack/app-mention"),
    credential: "x-slack-signature",
    secret: "SLACK_SIGNING_SECRET",
    accepted: 200,
  },
  {
    source: "freight",
    body: fixtureBytes("freight/deploy-queued"),
    credential: "authorization",
    secret: "FREIGHT_WEBHOOK_SECRET",
    accepted: 202,
  },
  {
    source: "gocd",
    body: fixtureBytes("gocd/stage-passed"),
    credential: "x-gocd-signature",
    secret: "GOCD_WEBHOOK_SECRET",
    accepted: 202,
  },
  {
    source: "webpack",
    body: fixtureBytes("webpack/asset"),
    credential: "x-webpack-signature",
    secret: "SENTRY_WEBPACK_WEBHOOK_SECRET",
    accepted: 202,
  },
  {
    source: "bootstrap-dev-env",
    body: fixtureBytes("bootstrap-dev-env/bootstrap-start"),
    credential: "x-signature-256",
    secret: "BOOTSTRAP_DEV_ENV_WEBHOOK_SECRET",
    accepted: 202,
  },
  {
    source: "pagerduty",
    body: fixtureBytes("pagerduty/incident-triggered"),
    credential: "x-pagerduty-signature",
    secret: "PAGERDUTY_WEBHOOK_SECRET",
    accepted: 202,
  },
  {
    source: "sentry",
    body: fixtureBytes("sentry/metric-alert-critical"),
    credential: "sentry-hook-signature",
    secret: "SENTRY_HOOK_SECRET",
    accepted: 202,
  },
  {
    source: "report",
    body: fixtureBytes("report/measurement"),
    credential: "webhook-signature",
    secret: "REPORT_WEBHOOK_SECRET",
    toSecret: (text) => `whsec_${Buffer.from(text).toString("base64")}`,
    accepted: 202,
  },
];
const signers = senders.filter(({ source }) => source !== "freight");

function senderOf(source: string): Sender {
  const sender = senders.find((candidate) => candidate.source === source);
  if (!sender) throw new Error(`No sender is described for ${source}`);
  return sender;
}

it("every source function of the manifests has a sender in this contract", async () => {
  const sources = (await readFunctions()).filter(({ manifest }) => "http" in manifest.trigger);
  expect(senders.map(({ source }) => source).sort()).toEqual(sources.map(({ name }) => name).sort());
});

let suite: TestSuite;
beforeAll(async () => {
  suite = await startTestSuite();
});
afterAll(() => suite.stop());

function headersFor(
  { source, event, toSecret = (text) => text }: Sender,
  body: Buffer,
  { secret, now }: { secret?: string; now?: Date } = {},
) {
  return signFor(suite.folder(source), {
    body,
    ...(event && { event }),
    ...(secret !== undefined && { secret: toSecret(secret) }),
    ...(now && { now }),
  });
}

function post({ source }: Sender, headers: Record<string, string | string[]>, body: Buffer) {
  return request(`${suite.url}/${source}`, "POST", headers, body);
}

/** A refusal says what is wrong as JSON, shows nothing of the inside, and leaves nothing behind. */
async function expectRefusal(
  pending: Promise<{ status: number; text: string; headers: Record<string, unknown> }>,
  status: number,
  reason: RegExp,
) {
  const response = await pending;
  expect(response).toMatchObject({
    status,
    headers: { "content-type": expect.stringContaining("application/json") },
  });
  const { error, ...rest } = JSON.parse(response.text);
  expect(error).toMatch(reason);
  expect(rest).toEqual({});
  expect(response.text).not.toMatch(/\.ts|\.js|node_modules|\bat \//);
  for (const { secret } of senders) expect(response.text).not.toContain(process.env[secret]);
}

describe.each(senders)("$source", (sender) => {
  it("refuses a wrong secret", async () => {
    const headers = await headersFor(sender, sender.body, { secret: "somebody-else's" });
    await expectRefusal(post(sender, headers, sender.body), 401, /not (match|valid)|No signature matches/);
  });

  it("refuses a delivery without its credential", async () => {
    const { [sender.credential]: _, ...headers } = await headersFor(sender, sender.body);
    await expectRefusal(
      post(sender, headers, sender.body),
      401,
      new RegExp(`${sender.credential} is missing`, "i"),
    );
  });

  it("refuses an empty credential", async () => {
    const headers = { ...(await headersFor(sender, sender.body)), [sender.credential]: "" };
    await expectRefusal(post(sender, headers, sender.body), 401, /missing/);
  });

  it("refuses a credential of another kind", async () => {
    const headers = { ...(await headersFor(sender, sender.body)), [sender.credential]: "md5=00" };
    await expectRefusal(post(sender, headers, sender.body), 401, /./);
  });

  it("refuses a credential that is sent twice, the valid one first", async () => {
    const headers = await headersFor(sender, sender.body);
    const twice = { ...headers, [sender.credential]: [headers[sender.credential] ?? "", "x"] };
    await expectRefusal(post(sender, twice, sender.body), 401, /2 times/);
  });

  it("refuses signed JSON that is truncated", async () => {
    const body = sender.body.subarray(0, sender.body.length - 20);
    await expectRefusal(post(sender, await headersFor(sender, body), body), 400, /not valid JSON/);
  });

  it("refuses an unsigned body before it parses its JSON", async () => {
    const body = Buffer.from("{");
    await expectRefusal(post(sender, await headersFor(sender, body, { secret: "wrong" }), body), 401, /./);
  });

  it.each(["null", "5", '"text"', "[]", "{}"])("refuses %s, valid JSON of another shape", async (text) => {
    const body = Buffer.from(text);
    await expectRefusal(post(sender, await headersFor(sender, body), body), 400, /schema|not a JSON object/);
  });

  it("refuses a body that is not UTF-8", async () => {
    const body = Buffer.concat([
      sender.body.subarray(0, -3),
      Buffer.from([0xff, 0xfe]),
      sender.body.subarray(-3),
    ]);
    await expectRefusal(post(sender, await headersFor(sender, body), body), 400, /UTF-8/);
  });

  it("refuses an empty body", async () => {
    const body = Buffer.alloc(0);
    await expectRefusal(post(sender, await headersFor(sender, body), body), 400, /empty/);
  });

  it("refuses 30 MB", async () => {
    const body = Buffer.alloc(30 * 1024 * 1024, " ");
    await expectRefusal(post(sender, await headersFor(sender, body), body), 413, /31457280 bytes/);
  });

  it("refuses a body by its Content-Length, before the body is sent", async () => {
    const headers = { "content-type": "application/json", "content-length": String(30 * 1024 * 1024) };
    const refused = await startRequest(`${suite.url}/${sender.source}`, headers).response;
    await expectRefusal(Promise.resolve(refused), 413, /31457280 bytes/);
  });

  it("refuses a chunked body that never ends, as soon as it is too large", async () => {
    const sending = startRequest(`${suite.url}/${sender.source}`, { "content-type": "application/json" });
    const chunk = Buffer.alloc(1024 * 1024, " ");
    for (let megabytes = 0; megabytes < 27; megabytes++) sending.write(chunk);
    await expectRefusal(sending.response, 413, /more than/);
  });

  it.each(["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])("refuses %s", async (method) => {
    const response = await request(`${suite.url}/${sender.source}`, method, {});
    expect(response).toMatchObject({ status: 405, headers: { allow: "POST" } });
    if (method !== "HEAD")
      expect(JSON.parse(response.text)).toEqual({ error: `${method} is not allowed, only POST` });
  });

  it.each(["text/plain", "application/xml", ""])("refuses the media type %j", async (type) => {
    const headers = { ...(await headersFor(sender, sender.body)), "content-type": type };
    await expectRefusal(post(sender, headers, sender.body), 415, /Content-Type must be application\/json/);
  });

  it("refuses a compressed body, which could inflate to any size", async () => {
    const body = gzipSync(sender.body);
    const headers = { ...(await headersFor(sender, body)), "content-encoding": "gzip" };
    await expectRefusal(post(sender, headers, body), 415, /Content-Encoding/);
  });

  it("refuses JSON that is nested too deeply", async () => {
    const body = Buffer.from(`${'{"a":'.repeat(9000)}1${"}".repeat(9000)}`);
    await expectRefusal(post(sender, await headersFor(sender, body), body), 400, /schema/);
  });
});

describe.each(signers)("$source", (sender) => {
  it("refuses a body with one flipped bit", async () => {
    const headers = await headersFor(sender, sender.body);
    const flipped = Buffer.from(sender.body);
    const middle = flipped.length >> 1;
    flipped[middle] = (flipped[middle] ?? 0) ^ 1;
    await expectRefusal(post(sender, headers, flipped), 401, /not match|No signature matches/);
  });
});

describe("slack", () => {
  const slack = senderOf("slack");

  it.each([
    ["six minutes old", -360],
    ["six minutes ahead", 360],
  ])("refuses a signature that is %s", async (_, seconds) => {
    const headers = await headersFor(slack, slack.body, { now: new Date(Date.now() + seconds * 1000) });
    await expectRefusal(post(slack, headers, slack.body), 401, /5 minutes/);
  });

  it.each(["", "soon", "1e9", "-5", "99999999999999"])("refuses the timestamp %j", async (timestamp) => {
    const headers = { ...(await headersFor(slack, slack.body)), "x-slack-request-timestamp": timestamp };
    await expectRefusal(post(slack, headers, slack.body), 401, /X-Slack-Request-Timestamp/);
  });

  it("refuses a timestamp that was changed", async () => {
    const headers = await headersFor(slack, slack.body);
    const later = String(Number(headers["x-slack-request-timestamp"]) + 1);
    await expectRefusal(
      post(slack, { ...headers, "x-slack-request-timestamp": later }, slack.body),
      401,
      /not match/,
    );
  });

  it("refuses a form without a payload", async () => {
    const body = Buffer.from("payload_=%7B%7D");
    const headers = {
      ...(await headersFor(slack, body)),
      "content-type": "application/x-www-form-urlencoded",
    };
    await expectRefusal(post(slack, headers, body), 400, /no field payload/);
  });
});

describe("github", () => {
  const github = senderOf("github");

  it.each(["x-github-event", "x-github-delivery"])(
    "refuses a delivery with %s missing or repeated",
    async (header) => {
      const { [header]: value = "", ...headers } = await headersFor(github, github.body);
      await expectRefusal(post(github, headers, github.body), 400, /missing/);
      await expectRefusal(
        post(github, { ...headers, [header]: [value, value] }, github.body),
        400,
        /2 times/,
      );
    },
  );

  it("refuses a form and names the media type to choose", async () => {
    const headers = {
      ...(await headersFor(github, github.body)),
      "content-type": "application/x-www-form-urlencoded",
    };
    await expectRefusal(post(github, headers, github.body), 415, /application\/json/);
  });
});

describe("a refused delivery", () => {
  it("is not published, and a valid one after it is", async () => {
    await suite.local.idle();
    expect(await suite.local.query("SELECT * FROM product_eng.events")).toEqual([]);
    expect(suite.deliveryLog.unsettled()).toEqual([]);
    for (const sender of senders) {
      const response = await post(sender, await headersFor(sender, sender.body), sender.body);
      expect(response.status).toBe(sender.accepted);
      const id = response.headers["x-event-id"];
      expect(response.text).toBe(sender.source === "slack" ? "" : JSON.stringify({ id }));
    }
    await suite.local.idle();
    expect(await suite.local.query("SELECT source FROM product_eng.events ORDER BY source")).toEqual(
      senders.map(({ source }) => ({ source })).sort((a, b) => (a.source < b.source ? -1 : 1)),
    );
  });

  it.each(senders)("$source accepts the previous secret during a rotation", async (sender) => {
    const { toSecret = (text) => text } = sender;
    process.env[`${sender.secret}_PREVIOUS`] = toSecret("the-one-before");
    try {
      const response = await post(
        sender,
        await headersFor(sender, sender.body, { secret: "the-one-before" }),
        sender.body,
      );
      expect(response.status).toBe(sender.accepted);
    } finally {
      delete process.env[`${sender.secret}_PREVIOUS`];
    }
  });
});
