import { expect, it } from "vitest";
import { protectMrkdwn, protectPlain, restoreLiterals } from "./literal.ts";

it("an escaped character is rendered as itself and never parsed as markup", () => {
  const through = protectMrkdwn("&lt;!channel&gt; &amp;lt; <@U0MIRA>");
  expect(through).not.toMatch(/&|<!/);
  expect(through).toContain("<@U0MIRA>");
  expect(restoreLiterals(through.replace("<@U0MIRA>", ""))).toBe("&lt;!channel&gt; &amp;lt; ");
});

it("plain text contains no markup", () => {
  const through = protectPlain("*a* _b_ `c` <!here> &lt; &");
  expect(through).not.toMatch(/[*_`<>&]/);
  expect(restoreLiterals(through)).toBe("*a* _b_ `c` &lt;!here&gt; &lt; &amp;");
});

it("an address keeps its ampersands", () => {
  const address = encodeURI(protectMrkdwn("https://example.com/?a=1&amp;b=2"));
  expect(restoreLiterals(address)).toBe("https://example.com/?a=1&amp;b=2");
});
