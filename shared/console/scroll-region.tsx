import type { ReactNode } from "react";

/** A scrolling region that the keyboard can reach. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // https://dequeuniversity.com/rules/axe/4.10/scrollable-region-focusable
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
