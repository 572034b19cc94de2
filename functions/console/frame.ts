import type { ConsoleFrame } from "../../shared/console/layout.tsx";
import type { Person } from "./identity.ts";

/** The console in the cloud, as a person sees it. */
export function frameFor({ email, role }: Person): ConsoleFrame {
  return {
    navigation: [
      { href: "/", name: "Deliveries", key: "d" },
      { href: "/dead-letters", name: "Dead letters", key: "l" },
      { href: "/schedules", name: "Schedules", key: "h" },
      { href: "/explain", name: "Explain", key: "e" },
    ],
    stylesheet: "/_console/cloud.css",
    script: "/_console/cloud.js",
    person: `${email}, ${role}`,
  };
}
