import type { ReactNode } from "react";

/** What is too large for the page and scrolls by itself: reachable by keyboard, so that it can be scrolled with it. */
export function ScrollRegion({ label, children }: { label: string; children: ReactNode }) {
  return (
    // https://dequeuniversity.com/rules/axe/4.10/scrollable-region-focusable
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
