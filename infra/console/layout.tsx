import type { ReactNode } from "react";

/** The pages, each with its key after `g`. */
export const navigation = [
  { href: "/", name: "Deliveries", key: "d" },
  { href: "/trigger", name: "Trigger", key: "t" },
  { href: "/slack", name: "Slack", key: "s" },
  { href: "/dashboards", name: "Dashboards", key: "b" },
  { href: "/query", name: "Query", key: "q" },
  { href: "/schedules", name: "Schedules", key: "h" },
  { href: "/connect", name: "Connect", key: "c" },
] as const;

export type NavigationEntry = (typeof navigation)[number]["name"];

interface LayoutProps {
  title: string;
  /** The page's entry in the navigation. */
  section?: NavigationEntry;
  /** Whether the page fills the window. */
  wide?: boolean;
  scripts?: string[];
  /** Scripts that are modules. */
  modules?: string[];
  children: ReactNode;
}

/** The frame of every page: head, navigation and announcements. */
export function Layout({ title, section, wide = false, scripts = [], modules = [], children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ci-tooling`}</title>
        <link rel="icon" href="/_console/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/_console/console.css" />
        <script src="/_console/theme.js" />
        {scripts.map((src) => (
          <script key={src} src={src} defer />
        ))}
        {["/_console/console.js", ...modules].map((src) => (
          <script key={src} src={src} type="module" />
        ))}
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to content
        </a>
        <header className="top">
          <a className="brand" href="/">
            <img src="/_console/icon.svg" alt="" width="22" height="22" />
            ci-tooling
          </a>
          <nav aria-label="Console">
            {navigation.map(({ href, name, key }) => (
              <a
                key={href}
                href={href}
                data-key={`g ${key}`}
                aria-current={name === section ? "page" : undefined}
              >
                {name}
              </a>
            ))}
          </nav>
          <p id="updated" className="note" />
          <button type="button" className="round scripted-only" data-theme-switch>
            <span aria-hidden="true">◐</span>
          </button>
          <a
            className="round"
            href="/shortcuts"
            aria-label="Help"
            title="Documentation and keyboard shortcuts (?)"
          >
            ?
          </a>
        </header>
        <main id="main" className={wide ? "wide" : undefined} tabIndex={-1}>
          {children}
        </main>
        <p id="announcement" className="unseen" role="status" />
      </body>
    </html>
  );
}
