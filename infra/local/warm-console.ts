/**
 * Requests the pages that are slow the first time, one after another: they load packages, parse the Looker project, bundle the editor and
 * translate their queries. So the first reader does not wait for that.
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
  for (const path of ["/", ...delivery, "/query", "/_console/query-editor.js", "/dashboards/delivery"]) {
    if (signal.aborted) return;
    // A page that fails here fails for its reader too, who sees why.
    const headers = { accept: "text/html" };
    await fetch(`${url}${path}`, { headers, signal }).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
  }
}
