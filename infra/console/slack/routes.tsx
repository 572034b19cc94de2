import { type Response, Router } from "express";
import { directChannel } from "../../emulators/slack/find-channel.ts";
import type { Workspace } from "../../emulators/slack/workspace.ts";
import type { ConsoleContext } from "../context.ts";
import { NotFoundPage } from "../not-found-page.tsx";
import { sendPage } from "../send-page.ts";
import { activePeople } from "./people.ts";
import { SlackPage } from "./slack-page.tsx";

/** Channels by their id, direct messages and App Homes by the person's. */
export function slackRoutes({ slack }: ConsoleContext): Router {
  const router = Router();
  router.get("/slack", (_request, response) => {
    if (!slack) return void noLocalSlack(response);
    const [channel] = slack.current.workspace.channels;
    response.redirect(`/slack/${channel?.id ?? ""}`);
  });

  router.get(["/slack/:id", "/slack/:id/home"], (request, response) => {
    if (!slack) return void noLocalSlack(response);
    const { workspace } = slack.current;
    const id = String(request.params.id);
    const { as, thread } = request.query;
    const people = activePeople(workspace);
    const person = people.find((user) => user.id === id);
    const channel = channelFor(workspace, id, person?.name);
    const viewer = person ?? people.find((user) => user.id === as) ?? people[0];
    if (!channel || !viewer) {
      const what = `The workspace has no channel or person ${id}.`;
      return void sendPage(response, <NotFoundPage what={what} />, 404);
    }
    sendPage(
      response,
      <SlackPage
        workspace={workspace}
        channel={channel}
        {...(person && { person })}
        viewer={viewer}
        home={person !== undefined && request.path.endsWith("/home")}
        {...(typeof thread === "string" && { thread })}
      />,
    );
  });
  return router;
}

function channelFor({ channels }: Workspace, id: string, personName: string | undefined) {
  if (personName !== undefined) return { id: directChannel(id), name: personName, joined: true };
  return channels.find((channel) => channel.id === id);
}

function noLocalSlack(response: Response) {
  const what = "SLACK_API_URL names a Slack that is not the local one: look at it there.";
  sendPage(response, <NotFoundPage what={what} />, 404);
}
