import type { ReactNode } from "react";

const navigation = [
  { href: "/", name: "Deliveries" },
  { href: "/trigger", name: "Trigger" },
  { href: "/slack", name: "Slack" },
  { href: "/dashboards", name: "Dashboards" },
  { href: "/query", name: "Query" },
  { href: "/schedules", name: "Schedules" },
  { href: "/connect", name: "Connect" },
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
            {navigation.map(({ href, name }) => (
              <a key={href} href={href} aria-current={name === section ? "page" : undefined}>
                {name}
              </a>
            ))}
          </nav>
        </header>
        <main id="main" className={wide ? "wide" : undefined} tabIndex={-1}>
          {children}
        </main>
        <p id="announcement" className="unseen" role="status" />
      </body>
    </html>
  );
}
