import { describe, expect, it } from "vitest";
import { FilterError, parseFilter } from "./filter.ts";

const attributes = { "ce-type": "freight.deploy.finished", a: "1", b: 'say "hi"', "iana.org/language": "en" };

describe("a filter", () => {
  it.each([
    ['attributes.ce-type = "freight.deploy.finished"', true],
    ['attributes.ce-type="freight.deploy.started"', false],
    ['attributes."ce-type" = "freight.deploy.finished"', true],
    ["attributes:a", true],
    ["attributes:missing", false],
    ['attributes:"iana.org/language"', true],
    ['attributes.a != "1"', false],
    ['attributes.missing != "1"', true],
    ['attributes.missing = "1"', false],
    ['hasPrefix(attributes.ce-type, "freight.")', true],
    ['hasPrefix(attributes.missing, "")', false],
    ['attributes.b = "say \\"hi\\""', true],
    ["NOT attributes:a", false],
    ["-attributes:missing", true],
    ["NOT (attributes:a AND attributes:missing)", true],
    ["attributes:a AND NOT attributes:missing", true],
    ["attributes:missing OR attributes:a", true],
    ["attributes:a AND attributes:b AND attributes:missing", false],
    ["(attributes:missing OR attributes:a) AND attributes:b", true],
    ['attributes.toString = "x"', false],
    ["attributes:constructor", false],
    ['hasPrefix(attributes.constructor, "x")', false],
  ])("%s → %s", (filter, passes) => {
    expect(parseFilter(filter)(attributes)).toBe(passes);
  });

  it.each([
    ["", "expected attributes"],
    ["attributes.a = 1", "position 14"],
    ["attributes.a = 'x'", "position 14"],
    ["attributes.a = x", "a string in double quotes"],
    ["attributes.a", "= or !="],
    ['attributes.a > "1"', "Unexpected text"],
    ["attributes:a AND", "expected attributes"],
    ["attributes:a and attributes:b", "AND, OR or the end"],
    ["attributes:a AND attributes:b OR attributes:c", "parentheses"],
    ["(attributes:a", "expected )"],
    ['hasPrefix("a", "b")', "expected attributes"],
    ['hasSuffix(attributes.a, "b")', "expected attributes"],
    [`attributes.a = "${"x".repeat(250)}"`, "256 bytes"],
  ])("%s is refused with its position", (filter, reason) => {
    expect(() => parseFilter(filter)).toThrow(FilterError);
    expect(() => parseFilter(filter)).toThrow(reason);
  });
});
