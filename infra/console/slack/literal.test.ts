import { expect, it } from "vitest";
import { protectMrkdwn, protectPlain, restoreLiterals } from "./literal.ts";

it("what is escaped comes out as the character, escaped for HTML, and is no markup on the way", () => {
  const through = protectMrkdwn("&lt;!channel&gt; &amp;lt; <@U0MIRA>");
  expect(through).not.toMatch(/&|<!/);
  expect(through).toContain("<@U0MIRA>");
  expect(restoreLiterals(through.replace("<@U0MIRA>", ""))).toBe("&lt;!channel&gt; &amp;lt; ");
});

it("plain text has no markup at all", () => {
  const through = protectPlain("*a* _b_ `c` <!here> &lt; &");
  expect(through).not.toMatch(/[*_`<>&]/);
  expect(restoreLiterals(through)).toBe("*a* _b_ `c` &lt;!here&gt; &lt; &amp;");
});

it("an address has its ampersands back", () => {
  const address = encodeURI(protectMrkdwn("https://example.com/?a=1&amp;b=2"));
  expect(restoreLiterals(address)).toBe("https://example.com/?a=1&amp;b=2");
});
