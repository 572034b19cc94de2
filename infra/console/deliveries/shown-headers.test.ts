import { expect, it } from "vitest";
import { shownHeaders } from "./shown-headers.ts";

it.each([
  "authorization",
  "cookie",
  "x-hub-signature",
  "x-hub-signature-256",
  "x-signature-256",
  "x-slack-signature",
  "x-webpack-signature",
])("the value of %s is not shown", (name) => {
  expect(shownHeaders({ [name]: "proof" })).toEqual([{ name, value: null }]);
});

it("other headers are shown, by name", () => {
  expect(shownHeaders({ "x-github-event": "push", accept: "*/*" })).toEqual([
    { name: "accept", value: "*/*" },
    { name: "x-github-event", value: "push" },
  ]);
});
