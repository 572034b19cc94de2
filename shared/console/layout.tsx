import { createContext, type ReactNode, useContext } from "react";

/** A page that the navigation lists, with its key after `g`. */
export interface NavigationEntry {
  href: string;
  name: string;
  key: string;
}

/** A console around its pages: the one of this machine, or the one in the cloud. */
export interface ConsoleFrame {
  navigation: readonly NavigationEntry[];
  /** Path of the stylesheet. */
  stylesheet: string;
  /** Path of the script, a module. */
  script: string;
  /** Path of the list of shortcuts. */
  shortcuts?: string;
  /** Who is signed in, and as what. */
  person?: string;
}

/** The frame of the pages below. The function that sends a page provides it. */
export const Frame = createContext<ConsoleFrame>({ navigation: [], stylesheet: "", script: "" });

interface LayoutProps {
  title: string;
  /** The page's entry in the navigation. */
  section?: string;
  /** Whether the page fills the window. */
  wide?: boolean;
  scripts?: string[];
  /** Scripts that are modules. */
  modules?: string[];
  children: ReactNode;
}

/** The frame of every page: head, navigation and announcements. */
export function Layout({ title, section, wide = false, scripts = [], modules = [], children }: LayoutProps) {
  const { navigation, stylesheet, script, shortcuts, person } = useContext(Frame);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ci-tooling`}</title>
        <link rel="icon" href="/_console/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={stylesheet} />
        <script src="/_console/theme.js" />
        {scripts.map((src) => (
          <script key={src} src={src} defer />
        ))}
        {[script, ...modules].map((src) => (
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
          {person !== undefined && <p className="note">{person}</p>}
          <button type="button" className="round" data-theme-switch hidden>
            <span aria-hidden="true">◐</span>
          </button>
          {shortcuts !== undefined && (
            <a
              className="round"
              href={shortcuts}
              aria-label="Help"
              title="Documentation and keyboard shortcuts (?)"
            >
              ?
            </a>
          )}
        </header>
        <main id="main" className={wide ? "wide" : undefined} tabIndex={-1}>
          {children}
        </main>
        <p id="announcement" className="unseen" role="status" />
      </body>
    </html>
  );
}
