import type { Request, Response } from "express";
import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";
import type { RecordedRequest } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";

/** A delivery that a path names, with its body and its source. */
export interface NamedDelivery {
  delivery: DeliveryRecord;
  request: RecordedRequest;
  folder: FunctionFolder;
}

/** Finds the delivery that a path names. Responds 404 when there is none. */
export function findDelivery(
  { deliveryLog }: Pick<ConsoleContext, "deliveryLog">,
  request: Request,
  response: Response,
): DeliveryRecord | undefined {
  const delivery = deliveryLog.delivery(Number(request.params.number));
  if (delivery) return delivery;
  sendPage(response, <ErrorPage message={`No delivery has the number ${request.params.number}.`} />, 404);
  return undefined;
}

/** The same with its body. Responds 410 when its source does not exist any more. */
export function findWithSource(
  context: Pick<ConsoleContext, "deliveryLog" | "functions">,
  request: Request,
  response: Response,
): NamedDelivery | undefined {
  const delivery = findDelivery(context, request, response);
  if (!delivery) return undefined;
  const folder = context.functions.find(({ name }) => name === delivery.source);
  if (folder) return { delivery, folder, request: readRequest(context, delivery) };
  sendPage(response, <ErrorPage message={`There is no function ${delivery.source}.`} />, 410);
  return undefined;
}

/** The recorded request of a delivery. */
export function readRequest(
  { deliveryLog }: Pick<ConsoleContext, "deliveryLog">,
  delivery: DeliveryRecord,
): RecordedRequest {
  const { number, headers } = delivery;
  return { number, headers, body: deliveryLog.readBody(delivery) };
}
