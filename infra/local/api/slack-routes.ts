import express, { type Request, type RequestHandler, type Response } from "express";
import { z } from "zod";
import { formatIssues } from "../../../shared/format-issues.ts";
import { InteractionError, SlackError } from "../../emulators/slack/errors.ts";
import { directMessage, homeOpened, mention } from "../../emulators/slack/interactions/callbacks.ts";
import { pressButton } from "../../emulators/slack/interactions/press-button.ts";
import type { RunningSlack } from "../../emulators/slack/start.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { encodeFor, send } from "../../send/send.ts";
import type { Services } from "../services.ts";
import type { LocalApi } from "./local-api.ts";

export interface SlackContext {
  functions: FunctionFolder[];
  slack: Services["slack"];
  /** The suite's base URL, without a trailing slash. */
  url(): string;
}

const pressBody = z.object({
  channel: z.string().optional(),
  ts: z.string().optional(),
  view_id: z.string().optional(),
  user: z.string(),
  action_id: z.string(),
  value: z.string().optional(),
});

/** Body of `POST /_local/slack/press`: a user presses an element of a message or a view. */
export type LocalPress = z.infer<typeof pressBody>;

/** Adds the messages and views of the Slack emulator, and the actions of its users, under `/_local/slack`. */
export function addSlackEndpoints(api: LocalApi, { functions, slack, url }: SlackContext): void {
  api.router.use("/_local/slack", express.json());
  /** Wraps a handler, which needs the emulator. */
  const withSlack =
    (
      handle: (slack: RunningSlack, request: Request<object>, response: Response) => unknown,
    ): RequestHandler<object> =>
    (request, response) =>
      slack
        ? handle(slack.current, request, response)
        : respondError(response, 404, "SLACK_API_URL does not name the Slack emulator");
  const sendAsSlack = async (payload: object) => {
    const folder = functions.find(({ name }) => name === "slack");
    if (!folder) throw new InteractionError("There is no function slack");
    const body = await encodeFor(folder, Buffer.from(JSON.stringify(payload)));
    return send(`${url()}/slack`, folder, { body });
  };

  api.get(
    "/_local/slack/messages",
    "Lists all messages as Slack shows them now; ephemeral_to names the only user who sees one.",
    withSlack((slack, _request, response) => response.json({ messages: slack.messages() })),
  );
  api.get(
    "/_local/slack/views",
    "Lists the open modals and the App Homes.",
    withSlack((slack, _request, response) => response.json({ views: slack.views() })),
  );
  api.get(
    "/_local/slack/workspace",
    "Returns the team, its channels, users and profile fields.",
    withSlack((slack, _request, response) => {
      const { team, bot, channels, profileFields, users } = slack.workspace;
      response.json({ team, bot, channels, profileFields, users });
    }),
  );
  api.post(
    "/_local/slack/triggers",
    { summary: "Issues a trigger id, as a user's click does.", body: '{"user": "U0MIRA"}' },
    withSlack((slack, request, response) =>
      response.json({ trigger_id: slack.issueTrigger(String(request.body?.user)) }),
    ),
  );
  api.post(
    "/_local/slack/messages",
    {
      summary: "Stores a user's message, and sends no event.",
      body: '{"user": "U0MIRA", "text": "hello", "channel"?: "C0ENG"}',
    },
    withSlack((slack, request, response) =>
      respondWith(response, () => ({ message: slack.write(request.body) })),
    ),
  );
  api.post(
    "/_local/slack/say",
    {
      summary: "A user writes to the bot, or mentions it in a channel.",
      body: '{"user": "U0MIRA", "text": "help", "channel"?: "C0ENG"}',
    },
    withSlack((slack, request, response) =>
      respondWith(response, () => {
        const message = slack.write(request.body);
        const event = message.channel.startsWith("D") ? directMessage : mention;
        return sendAsSlack(event(slack.workspace, message));
      }),
    ),
  );
  api.post(
    "/_local/slack/open-home",
    { summary: "A user opens App Home.", body: '{"user": "U0MIRA"}' },
    withSlack((slack, request, response) =>
      respondWith(response, () =>
        sendAsSlack(homeOpened(slack.workspace, { user: String(request.body?.user) })),
      ),
    ),
  );
  api.post(
    "/_local/slack/press",
    {
      summary: "A user presses a button of a message or a view, or Enter in an input.",
      body: '{"channel" and "ts", or "view_id"; "user", "action_id", "value"?}',
    },
    withSlack((slack, request, response) =>
      respondWith(response, () => sendAsSlack(pressElement(slack, request.body))),
    ),
  );
}

function pressElement(slack: RunningSlack, body: unknown) {
  const { data: press, error } = pressBody.safeParse(body);
  if (error) throw new InteractionError(formatIssues(error));
  const triggerId = slack.issueTrigger(press.user);
  const { workspace } = slack;
  const common = {
    workspace,
    user: press.user,
    actionId: press.action_id,
    triggerId,
    ...(press.value !== undefined && { value: press.value }),
  };
  if (press.view_id !== undefined) {
    const view = workspace.views.find(({ id }) => id === press.view_id);
    if (!view) throw new InteractionError(`There is no view ${press.view_id}`);
    return pressButton({ ...common, view });
  }
  if (press.channel === undefined || press.ts === undefined)
    throw new InteractionError("Name a message (channel and ts) or a view (view_id)");
  const message = workspace.messages.find(({ channel, ts }) => channel === press.channel && ts === press.ts);
  if (!message) throw new InteractionError(`There is no message ${press.ts} in ${press.channel}`);
  return pressButton({ ...common, message });
}

/** Responds with the result of an action, 400 when a user could not do it. */
async function respondWith(response: Response, action: () => object | Promise<object>) {
  try {
    response.json(await action());
  } catch (error) {
    if (!(error instanceof InteractionError || error instanceof SlackError)) throw error;
    respondError(response, 400, error.message);
  }
}

function respondError(response: Response, status: number, error: string) {
  response.status(status).json({ error });
}
