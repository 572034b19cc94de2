import express, { type Express, type Response } from "express";
import { InteractionError, SlackError } from "../../emulators/slack/errors.ts";
import { directMessage, homeOpened, mention } from "../../emulators/slack/interactions/callbacks.ts";
import { pressButton } from "../../emulators/slack/interactions/press-button.ts";
import type { RunningSlack } from "../../emulators/slack/start.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { encodeFor, send } from "../../send/send.ts";
import type { Services } from "../services.ts";

export interface SlackContext {
  functions: FunctionFolder[];
  slack: Services["slack"];
  /** The suite's base URL, without a trailing slash. */
  url(): string;
}

/** Body of `POST /_local/slack/press`: a user presses an element of a message or a view. */
export interface LocalPress {
  channel?: string;
  ts?: string;
  view_id?: string;
  user: string;
  action_id: string;
  value?: string;
}

/** Messages and views of the Slack emulator, and the actions of its users, under `/_local/slack`. */
export function localSlackRoutes({ functions, slack, url }: SlackContext): Express {
  const app = express();
  app.use("/_local/slack", express.json(), (_request, response, next) => {
    if (slack) next();
    else respondError(response, 404, "SLACK_API_URL does not name the Slack emulator");
  });
  if (!slack) return app;
  const sendAsSlack = async (payload: object) => {
    const folder = functions.find(({ name }) => name === "slack");
    if (!folder) throw new InteractionError("There is no function slack");
    const body = await encodeFor(folder, Buffer.from(JSON.stringify(payload)));
    return send(`${url()}/slack`, folder, { body });
  };

  app.get("/_local/slack/messages", (_request, response) => {
    response.json({ messages: slack.current.messages() });
  });
  app.get("/_local/slack/views", (_request, response) => {
    response.json({ views: slack.current.views() });
  });
  app.get("/_local/slack/workspace", (_request, response) => {
    const { team, bot, channels, profileFields, users } = slack.current.workspace;
    response.json({ team, bot, channels, profileFields, users });
  });
  app.post("/_local/slack/triggers", (request, response) => {
    response.json({ trigger_id: slack.current.issueTrigger(String(request.body?.user)) });
  });
  // Stores a message. The caller sends its event.
  app.post("/_local/slack/messages", (request, response) =>
    respondWith(response, () => ({ message: slack.current.write(request.body) })),
  );
  // Stores a message and sends its event to the function, as Slack does.
  app.post("/_local/slack/say", (request, response) =>
    respondWith(response, () => {
      const { workspace } = slack.current;
      const message = slack.current.write(request.body);
      const event = message.channel.startsWith("D") ? directMessage : mention;
      return sendAsSlack(event(workspace, message));
    }),
  );
  app.post("/_local/slack/open-home", (request, response) =>
    respondWith(response, () => {
      const user = String(request.body?.user);
      return sendAsSlack(homeOpened(slack.current.workspace, { user }));
    }),
  );
  app.post("/_local/slack/press", (request, response) =>
    respondWith(response, () => sendAsSlack(pressElement(slack.current, request.body as LocalPress))),
  );
  return app;
}

function pressElement(slack: RunningSlack, press: LocalPress) {
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
