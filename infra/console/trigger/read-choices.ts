import { z } from "zod";
import type { TriggerChanges } from "../../trigger/build-delivery.ts";
import { findExample, type TriggerExample } from "../../trigger/examples.ts";
import { parseAssignment } from "../../trigger/payload-paths.ts";
import { findFields, type UsualField, usualFields } from "../../trigger/usual-fields.ts";
import { portPrefix } from "../port-prefix.ts";

/** Chosen before the person chooses: it posts a message. */
const FIRST = "github.check-run-failed";

const text = z.string().optional().catch(undefined);
const form = z.object({
  source: text,
  event: text,
  example: text,
  /** Lines of `path=value`. */
  set: text,
  keepTimes: text,
  ...(Object.fromEntries(usualFields.map((field) => [field, text])) as Record<UsualField, typeof text>),
});

/** The page's form, as its address or its body has it. */
export interface TriggerChoices {
  example: TriggerExample;
  /** The fields that the person changed. */
  fields: Partial<Record<UsualField, string>>;
  set: string;
  keepTimes: boolean;
}

/**
 * Reads the form. The example is the named one if it belongs to the chosen source and event, else the first that does: the choices are
 * sent together when one of them changes.
 *
 * @param examples at least one
 * @throws {Error} without examples
 */
export function readChoices(values: unknown, examples: TriggerExample[]): TriggerChoices {
  const given = form.parse(values ?? {});
  const ofSource = given.source ? examples.filter(({ source }) => source === given.source) : examples;
  const ofEvent = given.event ? ofSource.filter(({ event }) => event === given.event) : ofSource;
  const [first] = [...ofEvent, ...ofSource, ...examples];
  if (!first) throw new Error("There are no examples");
  const candidates = ofEvent.length > 0 ? ofEvent : ofSource;
  const isChosen = Boolean(given.source || given.event || given.example);
  const example = findExample(candidates, isChosen ? (given.example ?? "") : FIRST) ?? first;
  const changed = findFields(example.payload).flatMap(({ field, value }) => {
    const wanted = given[field]?.trim();
    return wanted === undefined || wanted === value ? [] : [[field, wanted]];
  });
  return {
    example,
    fields: Object.fromEntries(changed),
    set: given.set?.trim() ?? "",
    keepTimes: given.keepTimes !== undefined,
  };
}

/** @throws {PayloadPathError} for a line that is no assignment */
export function toChanges({ fields, set, keepTimes }: TriggerChoices): TriggerChanges {
  const lines = set.split("\n").filter((line) => line.trim() !== "");
  return { fields, set: lines.map(parseAssignment), keepTimes };
}

/** The query of the page's address with these choices. */
export function toQuery({ example, fields, set, keepTimes }: TriggerChoices, sent?: number): string {
  return new URLSearchParams({
    example: example.name,
    ...fields,
    ...(set && { set }),
    ...(keepTimes && { keepTimes: "on" }),
    ...(sent !== undefined && { sent: String(sent) }),
  }).toString();
}

/** The command that sends the same to the suite at `url`. */
export function toCommand({ example, fields, set, keepTimes }: TriggerChoices, url: string): string {
  const lines = set.split("\n").filter((line) => line.trim() !== "");
  const flags = [
    ...Object.entries(fields).map(([name, value]) => `--${name} ${quote(value)}`),
    ...lines.map((line) => `--set ${quote(line.trim())}`),
    ...(keepTimes ? ["--keep-times"] : []),
  ];
  return [`${portPrefix(url)}npm run trigger --`, quote(example.name), ...flags].join(" ");
}

/** Quotes a word for a POSIX shell where it needs it. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
