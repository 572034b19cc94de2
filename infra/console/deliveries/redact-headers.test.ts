import { expect, it } from "vitest";
import { redactHeaders } from "./redact-headers.ts";

it.each([
  "authorization",
  "cookie",
  "x-hub-signature",
  "x-hub-signature-256",
  "x-signature-256",
  "x-slack-signature",
  "x-webpack-signature",
])("the value of %s is redacted", (name) => {
  expect(redactHeaders({ [name]: "proof" })).toEqual([{ name, value: null }]);
});

it("other headers keep their value and are sorted by name", () => {
  expect(redactHeaders({ "x-github-event": "push", accept: "*/*" })).toEqual([
    { name: "accept", value: "*/*" },
    { name: "x-github-event", value: "push" },
  ]);
});
