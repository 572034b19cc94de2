import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { webhook } from "./index.ts";
import { sign } from "./sign.ts";

const body = Buffer.from("{}");
const signatureOf = (secret: string) => sign({ body, secret })["x-pagerduty-signature"];

beforeAll(() => {
  process.env.PAGERDUTY_WEBHOOK_SECRET = "current";
  process.env.PAGERDUTY_WEBHOOK_SECRET_PREVIOUS = "previous";
});
afterAll(() => {
  delete process.env.PAGERDUTY_WEBHOOK_SECRET;
  delete process.env.PAGERDUTY_WEBHOOK_SECRET_PREVIOUS;
});

function verify(signatures: string) {
  const rawHeaders = ["X-PagerDuty-Signature", signatures];
  return webhook.verify(new Delivery({ rawHeaders }, body, "application/json"));
}

describe("X-PagerDuty-Signature", () => {
  it.each([
    ["the current secret", signatureOf("current")],
    ["the previous secret", signatureOf("previous")],
    ["another secret first", `${signatureOf("other")},${signatureOf("current")}`],
    ["another version and spaces", `v2=00, ${signatureOf("current")} `],
  ])("is valid with %s", async (_, signatures = "") => {
    await verify(signatures);
  });

  it.each([
    ["another secret", signatureOf("other"), /No signature matches/],
    ["another version only", signatureOf("current")?.replace("v1=", "v2="), /no signature v1=/],
    ["no version", "00", /no signature v1=/],
    ["half of it", signatureOf("current")?.slice(0, 20), /No signature matches/],
  ])("is not valid with %s", async (_, signatures = "", reason) => {
    await expect(verify(signatures)).rejects.toMatchObject({
      status: 401,
      message: expect.stringMatching(reason),
    });
  });
});
