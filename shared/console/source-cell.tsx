import { hueClass } from "./hue-class.ts";

/** A cell of a list with an event's source, in its colour. */
export function SourceCell({ source }: { source: string }) {
  return (
    <td className="source">
      <span className={`dot ${hueClass(source)}`} aria-hidden="true" />
      {source}
    </td>
  );
}
