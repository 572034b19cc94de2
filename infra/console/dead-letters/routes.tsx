import express, { Router } from "express";
import { z } from "zod";
import { DeadLettersPage } from "../../../shared/console/dead-letters-page.tsx";
import { MissingSubscriptionError } from "../../../shared/dead-letters/replay.ts";
import { listSubscribers } from "../../manifests/read-functions.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";

const text = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined)
  .catch(undefined);
const filter = z.object({ subscriber: text, type: text, cause: text });
const action = z.enum(["replay", "dry-run"]).catch("dry-run");

/** The page of the events that subscribers gave up. Its buttons deliver a group, or what the filter selects, again. */
export function deadLetterRoutes({
  deadLetters,
  functions,
}: Pick<ConsoleContext, "deadLetters" | "functions">): Router {
  const router = Router();
  const subscribers = listSubscribers(functions);

  router.get("/dead-letters", async (request, response) => {
    const chosen = filter.parse(request.query);
    const groups = await deadLetters.list(chosen);
    sendPage(
      response,
      <DeadLettersPage groups={groups} filter={chosen} subscribers={subscribers} mayReplay />,
    );
  });

  router.post("/dead-letters", express.urlencoded({ extended: false }), async (request, response) => {
    const chosen = filter.parse(request.body ?? {});
    const dryRun = action.parse(request.body?.action) === "dry-run";
    try {
      const replayed = await deadLetters.replay(chosen, { dryRun });
      const groups = dryRun ? replayed.groups : await deadLetters.list();
      sendPage(
        response,
        <DeadLettersPage
          groups={groups}
          filter={dryRun ? chosen : {}}
          subscribers={subscribers}
          mayReplay
          result={{ count: replayed.count, dryRun }}
        />,
      );
    } catch (error) {
      if (!(error instanceof MissingSubscriptionError)) throw error;
      sendPage(response, <ErrorPage message={error.message} />, 409);
    }
  });
  return router;
}
