import { type DemoDelivery, json } from "./delivery.ts";

/** People who set up their development environment that day; the last one's never ended. */
export function bootstrapDeliveries(): DemoDelivery[] {
  const report = (event: string, name: string) => ({
    source: "bootstrap-dev-env",
    label: `${name}: ${event}`,
    body: json({ event, name }),
  });
  return [
    report("bootstrap_start", "lena"),
    report("bootstrap_end", "lena"),
    report("bootstrap_start", "tomas"),
    report("bootstrap_end", "tomas"),
    report("bootstrap_start", "ines"),
  ];
}
