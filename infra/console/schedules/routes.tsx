import { Router } from "express";
import { SchedulesPage } from "../../../shared/console/schedules-page.tsx";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";

const note =
  "The suite calls these functions at their times, as Cloud Scheduler does in production, and again if one fails. The last 20 runs of each are listed.";

/** The page of the scheduled functions. Its button runs one, and shows the page again once the run has ended. */
export function scheduleRoutes({ schedules }: Pick<ConsoleContext, "schedules">): Router {
  const router = Router();

  router.get("/schedules", (_request, response) =>
    sendPage(response, <SchedulesPage schedules={schedules.list()} note={note} mayRun />),
  );

  router.post("/schedules/:name/run", async (request, response) => {
    const run = await schedules.run(request.params.name);
    if (run) return response.redirect(303, "/schedules");
    const message = `No scheduled function has the name ${request.params.name}.`;
    sendPage(response, <ErrorPage message={message} />, 404);
  });
  return router;
}
