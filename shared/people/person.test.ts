import { describe, expect, it } from "vitest";
import { completePerson, readCoAuthors, readNoreplyAddress } from "./person.ts";

describe("an address of GitHub", () => {
  it.each([
    ["4711+mira-okafor@users.noreply.github.com", { login: "mira-okafor", githubId: 4711 }],
    ["Mira-Okafor@users.noreply.github.com", { login: "Mira-Okafor", githubId: null }],
    ["mira@sentry.io", null],
    ["mira@users.noreply.github.com.example", null],
    ["x+mira@users.noreply.github.com", null],
    ["", null],
    [null, null],
  ])("%s names the account %j", (email, expected) => {
    expect(readNoreplyAddress(email)).toEqual(expected);
  });
});

it.each([
  [
    { login: null, email: "7+mira@users.noreply.github.com" },
    { login: "mira", githubId: 7, email: null },
  ],
  [
    { login: "ada", githubId: 3, email: "7+mira@users.noreply.github.com" },
    { login: "ada", githubId: 3, email: null },
  ],
  [
    { login: null, email: "mira@sentry.io" },
    { login: null, githubId: null, email: "mira@sentry.io" },
  ],
])("%j is %j", (person, expected) => {
  expect(completePerson(person)).toEqual(expected);
});

describe("the co-authors of a commit", () => {
  it.each([
    ["of one author", "fix: It\n\nBecause.", []],
    [
      "with two",
      "fix: It\n\nCo-authored-by: Mira Okafor <Mira@sentry.io>\nco-authored-by: Ada <1+ada@users.noreply.github.com>",
      ["mira@sentry.io", "1+ada@users.noreply.github.com"],
    ],
    ["with one twice", "Co-authored-by: M <m@sentry.io>\nCo-authored-by: M <m@sentry.io>", ["m@sentry.io"]],
    ["with a trailer without an address", "Co-authored-by: Mira", []],
    ["that mentions one in a sentence", "It is not Co-authored-by: M <m@sentry.io>", []],
  ])("%s", (_, message, emails) => {
    expect(readCoAuthors(message).map(({ email }) => email)).toEqual(emails);
  });
});
