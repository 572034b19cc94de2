import express, { type Express, type Response } from "express";
import { InteractionError, SlackError } from "../../emulators/slack/errors.ts";
import { directMessage, homeOpened, mention } from "../../emulators/slack/interactions/callbacks.ts";
import { pressButton } from "../../emulators/slack/interactions/press-button.ts";
import type { RunningSlack } from "../../emulators/slack/start.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { encodeFor, send } from "../../send/send.ts";
import type { Services } from "../services.ts";

export interface SlackSurface {
  functions: FunctionFolder[];
  slack: Services["slack"];
  /** Where the suite is reached, without a slash at its end. */
  url(): string;
}

/** A person's press, as `POST /_local/slack/press` takes it: on a message, or on a view. */
export interface LocalPress {
  channel?: string;
  ts?: string;
  view_id?: string;
  user: string;
  action_id: string;
  value?: string;
}

/** What the local Slack shows, and what people do there: under `/_local/slack`. */
export function localSlackRoutes({ functions, slack, url }: SlackSurface): Express {
  const app = express();
  app.use("/_local/slack", express.json(), (_request, response, next) => {
    if (slack) next();
    else refuse(response, 404, "SLACK_API_URL names a Slack that is not the local one");
  });
  if (!slack) return app;
  const sendAsSlack = async (payload: object) => {
    const folder = functions.find(({ name }) => name === "slack");
    if (!folder) throw new InteractionError("There is no function slack to send this to");
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
  // What a person writes, kept only: the event about it is the caller's to send.
  app.post("/_local/slack/messages", (request, response) =>
    doing(response, () => ({ message: slack.current.write(request.body) })),
  );
  // What a person writes, kept and sent to the function, as Slack does.
  app.post("/_local/slack/say", (request, response) =>
    doing(response, () => {
      const { workspace } = slack.current;
      const message = slack.current.write(request.body);
      const event = message.channel.startsWith("D") ? directMessage : mention;
      return sendAsSlack(event(workspace, message));
    }),
  );
  app.post("/_local/slack/open-home", (request, response) =>
    doing(response, () => {
      const user = String(request.body?.user);
      return sendAsSlack(homeOpened(slack.current.workspace, { user }));
    }),
  );
  app.post("/_local/slack/press", (request, response) =>
    doing(response, () => sendAsSlack(pressOn(slack.current, request.body as LocalPress))),
  );
  return app;
}

function pressOn(slack: RunningSlack, press: LocalPress) {
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

/** Answers with what comes of it; 400 when a person could not do it. */
async function doing(response: Response, act: () => object | Promise<object>) {
  try {
    response.json(await act());
  } catch (error) {
    if (!(error instanceof InteractionError || error instanceof SlackError)) throw error;
    refuse(response, 400, error.message);
  }
}

function refuse(response: Response, status: number, error: string) {
  response.status(status).json({ error });
}
