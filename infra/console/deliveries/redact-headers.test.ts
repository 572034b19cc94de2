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
])("the value of %s is not shown", (name) => {
  expect(redactHeaders({ [name]: "proof" })).toEqual([{ name, value: null }]);
});

it("other headers are shown, by name", () => {
  expect(redactHeaders({ "x-github-event": "push", accept: "*/*" })).toEqual([
    { name: "accept", value: "*/*" },
    { name: "x-github-event", value: "push" },
  ]);
});
