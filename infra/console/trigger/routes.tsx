import { randomUUID } from "node:crypto";
import express, { type Response, Router } from "express";
import { post, signFor } from "../../send/send.ts";
import { buildDelivery, changePayload } from "../../trigger/build-delivery.ts";
import { listExamples } from "../../trigger/examples.ts";
import { PayloadPathError } from "../../trigger/payload-paths.ts";
import type { ConsoleContext } from "../context.ts";
import { readEffects } from "../deliveries/read-effects.ts";
import { sendAndWait } from "../deliveries/send-and-wait.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import { Effects } from "./effects.tsx";
import { readChoices, type TriggerChoices, toChanges, toQuery } from "./read-choices.ts";
import { TriggerPage } from "./trigger-page.tsx";

/** Header of a triggered delivery, by which its record is found. Source functions ignore it. */
const triggerHeader = "x-trigger";

/** The page that builds a delivery from an example and sends it. */
export function triggerRoutes(context: ConsoleContext): Router {
  const { functions, github, deliveryLog } = context;
  const router = Router();
  const sources = functions.filter(({ manifest }) => "http" in manifest.trigger).map(({ name }) => name);
  const examples = listExamples(sources);

  const render = (
    response: Response,
    choices: TriggerChoices,
    more: { error?: string; sent?: React.ReactNode },
  ) => {
    const { payload, error = more.error } = preview(choices);
    sendPage(
      response,
      <TriggerPage
        examples={examples}
        choices={choices}
        payload={payload}
        github={github?.current.state}
        url={context.url()}
        {...(error !== undefined && { error })}
        effects={more.sent}
      />,
      error === undefined ? 200 : 400,
    );
  };

  router.get("/trigger", async (request, response) => {
    const delivery = deliveryLog.delivery(Number(request.query.sent));
    const effects =
      delivery && delivery.eventId !== null ? await readEffects(context, delivery.eventId) : undefined;
    render(response, readChoices(request.query, examples), {
      sent: delivery && (
        <Effects
          number={delivery.number}
          status={delivery.status}
          response={delivery.response}
          effects={effects}
        />
      ),
    });
  });

  router.post("/trigger", express.urlencoded({ extended: false }), async (request, response) => {
    const choices = readChoices(request.body, examples);
    const folder = functions.find(({ name }) => name === choices.example.source);
    const { payload, error } = preview(choices);
    if (error !== undefined || !folder) return render(response, choices, {});
    const unsigned = await buildDelivery(folder, choices.example, payload);
    const mark = randomUUID();
    const headers = { ...(await signFor(folder, unsigned)), [triggerHeader]: mark };
    const number = await sendAndWait(
      context,
      (delivery) => delivery.headers[triggerHeader] === mark,
      () => post(`${context.url()}/${folder.name}`, headers, unsigned.body),
    );
    if (number !== undefined) return response.redirect(303, `/trigger?${toQuery(choices, number)}`);
    const message = "The delivery was sent, and not recorded: its connection broke.";
    sendPage(response, <ErrorPage title="Not recorded" message={message} />, 504);
  });
  return router;
}

function preview(choices: TriggerChoices): { payload?: unknown; error?: string } {
  try {
    return { payload: changePayload(choices.example.payload, toChanges(choices), new Date()) };
  } catch (error) {
    if (error instanceof PayloadPathError) return { error: error.message };
    throw error;
  }
}
