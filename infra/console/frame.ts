import type { ConsoleFrame } from "../../shared/console/layout.tsx";

/** The console of the suite on this machine. */
export const localFrame = {
  navigation: [
    { href: "/", name: "Deliveries", key: "d" },
    { href: "/trigger", name: "Trigger", key: "t" },
    { href: "/slack", name: "Slack", key: "s" },
    { href: "/dashboards", name: "Dashboards", key: "b" },
    { href: "/query", name: "Query", key: "q" },
    { href: "/schedules", name: "Schedules", key: "h" },
    { href: "/connect", name: "Connect", key: "c" },
  ],
  stylesheet: "/_console/console.css",
  script: "/_console/console.js",
  shortcuts: "/shortcuts",
} satisfies ConsoleFrame;
