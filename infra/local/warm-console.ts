/**
 * Requests the pages that are slow the first time, one after another: they load packages, parse the Looker project, and bundle the
 * editor. So the first reader does not wait for that.
 *
 * @param url the suite's base URL
 * @param newest number of the newest delivery, if there is one
 * @param signal ends it early
 */
export async function warmConsole(
  url: string,
  newest: number | undefined,
  signal: AbortSignal,
): Promise<void> {
  const delivery = newest === undefined ? [] : [`/deliveries/${newest}`];
  for (const path of ["/", ...delivery, "/query", "/_console/query-editor.js", "/dashboards"]) {
    if (signal.aborted) return;
    // A page that fails here fails for its reader too, who sees why.
    // A redirect to a dashboard has read the Looker project. The queries of a dashboard would keep both cores from the first reader.
    const init = { headers: { accept: "text/html" }, redirect: "manual", signal } as const;
    await fetch(`${url}${path}`, init).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
  }
}
