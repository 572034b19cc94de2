import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sources } from "../../shared/events/event.ts";
import { readFunctions } from "./read-functions.ts";

const functions = await readFunctions();
const sourceFolders = functions.filter(({ manifest }) => "http" in manifest.trigger);

describe("a source function", () => {
  it("has a schema in eventSchemas", () => {
    expect(sourceFolders.map(({ name }) => name).sort()).toEqual([...sources].sort());
  });

  it.each(sourceFolders)("$name has a sender, a signer and examples", ({ url, manifest }) => {
    expect(manifest.sender).toBeTruthy();
    expect(existsSync(new URL("sign.ts", url))).toBe(true);
    expect(existsSync(new URL("examples.ts", url))).toBe(true);
  });
});

it("only source functions have a sender", () => {
  const withSender = functions.filter(({ manifest }) => manifest.sender !== undefined);
  expect(withSender).toEqual(sourceFolders);
});
