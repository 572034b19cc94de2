import { expect, it } from "vitest";
import { keepServices } from "./keep-services.ts";

const string = (id: number) => ({ type: "string", id });
const api = {
  nested: {
    a: {
      options: { go_package: "a" },
      nested: {
        Publisher: {
          options: { "(google.api.default_host)": "a.googleapis.com" },
          methods: {
            Publish: {
              requestType: "Request",
              responseType: "b.Response",
              options: { "(google.api.http).post": "/" },
              parsedOptions: [{}],
            },
            Delete: { requestType: "DeleteRequest", responseType: "b.Response" },
          },
        },
        Request: {
          fields: {
            id: { ...string(1), options: { "(google.api.field_behavior)": "REQUIRED" } },
            sizes: { rule: "repeated", type: "int32", id: 2, options: { packed: false } },
            state: { type: "State", id: 3 },
            inner: { type: "Inner", id: 4 },
          },
          nested: { Inner: { fields: { time: { type: ".b.Time", id: 1 } } } },
        },
        State: { values: { NEW: 0 } },
        DeleteRequest: { fields: { id: string(1) } },
      },
    },
    b: {
      nested: { Response: { fields: {} }, Time: { fields: { text: string(1) } }, Unused: { fields: {} } },
    },
  },
};

it("a method keeps the types that it sends and receives, those of fields and of inner messages included", () => {
  const { a, b } = keepServices(api, { "a.Publisher": ["Publish"] }).nested ?? {};
  expect(Object.keys(a?.nested ?? {})).toEqual(["Publisher", "Request", "State"]);
  expect(Object.keys(a?.nested?.Publisher?.methods ?? {})).toEqual(["Publish"]);
  expect(Object.keys(b?.nested ?? {})).toEqual(["Response", "Time"]);
});

it("options for code generators are left out, and those that decide on the bytes stay", () => {
  const kept = keepServices(api, { "a.Publisher": ["Publish"] });
  expect(JSON.stringify(kept)).not.toContain("google.api");
  expect(kept.nested?.a?.nested?.Request?.fields?.sizes).toEqual(api.nested.a.nested.Request.fields.sizes);
});

it("a method that the description does not have is an error", () => {
  expect(() => keepServices(api, { "a.Publisher": ["Pull"] })).toThrow("no method a.Publisher.Pull");
});
