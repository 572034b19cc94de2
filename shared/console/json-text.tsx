import { Fragment, type ReactNode } from "react";

const INDENT = "  ";

/** Indented JSON with colours for names, strings and other values. */
export function JsonText({ value }: { value: unknown }) {
  return (
    <code className="json">
      <Value value={value} indent="" />
    </code>
  );
}

function Value({ value, indent }: { value: unknown; indent: string }): ReactNode {
  if (typeof value === "string") return <span className="json-string">{JSON.stringify(value)}</span>;
  if (value === null || typeof value !== "object")
    return <span className="json-other">{JSON.stringify(value) ?? "null"}</span>;
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  const deeper = indent + INDENT;
  return (
    <>
      {open}
      {entries.map(([name, item], index) => (
        <Fragment key={name}>
          {`\n${deeper}`}
          {!isList && (
            <>
              <span className="json-name">{JSON.stringify(name)}</span>
              {": "}
            </>
          )}
          <Value value={item} indent={deeper} />
          {index < entries.length - 1 && ","}
        </Fragment>
      ))}
      {`\n${indent}${close}`}
    </>
  );
}
