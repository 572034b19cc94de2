import { type Response, Router } from "express";
import { directChannel } from "../../emulators/slack/find-channel.ts";
import type { Workspace } from "../../emulators/slack/workspace.ts";
import type { ConsoleContext } from "../context.ts";
import { ErrorPage } from "../error-page.tsx";
import { sendPage } from "../send-page.ts";
import { listCommands } from "./list-commands.ts";
import { listActivePeople } from "./people.ts";
import { searchMessages } from "./search-messages.ts";
import { SearchPage } from "./search-page.tsx";
import { SlackPage } from "./slack-page.tsx";

/** Pages of channels by their id, of direct messages and App Homes by the user's id. */
export function slackRoutes({ slack }: ConsoleContext): Router {
  const router = Router();
  router.get("/slack", (_request, response) => {
    if (!slack) return void sendNoLocalSlack(response);
    const [channel] = slack.current.workspace.channels;
    response.redirect(`/slack/${channel?.id ?? ""}`);
  });

  router.get("/slack/search", (request, response) => {
    if (!slack) return void sendNoLocalSlack(response);
    const { workspace } = slack.current;
    const search = typeof request.query.q === "string" ? request.query.q : "";
    const found = searchMessages(workspace.messages, search);
    sendPage(response, <SearchPage workspace={workspace} search={search} found={found} />);
  });

  router.get(["/slack/:id", "/slack/:id/home"], async (request, response) => {
    if (!slack) return void sendNoLocalSlack(response);
    const { workspace } = slack.current;
    const id = String(request.params.id);
    const { as, thread } = request.query;
    const people = listActivePeople(workspace);
    const person = people.find((user) => user.id === id);
    const channel = findChannel(workspace, id, person?.name);
    const viewer = person ?? people.find((user) => user.id === as) ?? people[0];
    if (!channel || !viewer) {
      const message = `The workspace has no channel or person ${id}.`;
      return void sendPage(response, <ErrorPage message={message} />, 404);
    }
    sendPage(
      response,
      <SlackPage
        commands={await readCommands()}
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

/** Imported with the first page: the suite sets the emulators' addresses before it imports functions. */
async function readCommands() {
  const { commands } = await import("../../../functions/slack-app/commands.ts");
  return listCommands(commands);
}

function findChannel({ channels }: Workspace, id: string, personName: string | undefined) {
  if (personName !== undefined) return { id: directChannel(id), name: personName, joined: true };
  return channels.find((channel) => channel.id === id);
}

function sendNoLocalSlack(response: Response) {
  const message = "SLACK_API_URL does not name the Slack emulator.";
  sendPage(response, <ErrorPage message={message} />, 404);
}
