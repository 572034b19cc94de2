import { expect, it } from "vitest";
import { isAssigned } from "./prove-login.ts";

const claim = { login: "mira-okafor", email: "mira.okafor@sentry.io" };
const commit = (email: string | undefined, login: string | null) => ({
  commit: { author: email === undefined ? null : { email } },
  author: login === null ? null : { login },
});

it.each([
  ["with the address is assigned to the login", [commit("Mira.Okafor@sentry.io", "Mira-Okafor")], true],
  ["with the address is assigned to another login", [commit(claim.email, "jonas")], false],
  ["with the address belongs to no account", [commit(claim.email, null)], false],
  ["of the login has another address", [commit("jonas@sentry.io", claim.login)], false],
  ["has no author", [commit(undefined, claim.login)], false],
  ["is missing", [], false],
  ["behind others proves it", [commit(claim.email, null), commit(claim.email, claim.login)], true],
])("a commit that %s", (_, commits, proven) => {
  expect(isAssigned(commits, claim)).toBe(proven);
});
