import { directMessage, homeOpened, mention } from "../emulators/slack/interactions/callbacks.ts";
import { listActions } from "../emulators/slack/interactions/list-actions.ts";
import { pressButton } from "../emulators/slack/interactions/press-button.ts";
import type { LocalMessage, LocalView } from "../emulators/slack/workspace.ts";
import type { LocalSuite } from "../local/client.ts";
import { defaultWorkspace } from "../local/seed/slack.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

export interface DemoPerson {
  /** Slack user id. */
  id: string;
  name: string;
}

const workspace = defaultWorkspace();

/** Deliveries of what people do in Slack. They have the current time, so that messages of people and of the bot are in order. */
export class DemoSlack {
  readonly #suite: LocalSuite;

  constructor(suite: LocalSuite) {
    this.#suite = suite;
  }

  opensHome({ id: user, name }: DemoPerson): DemoDelivery {
    return {
      source: "slack",
      label: `${name} opens App Home`,
      body: async () => toJsonBody(homeOpened(workspace, { user })),
    };
  }

  /** A direct message to the bot. */
  says({ id: user, name }: DemoPerson, text: string): DemoDelivery {
    return {
      source: "slack",
      label: `${name}: ${text}`,
      body: async () => toJsonBody(directMessage(workspace, await this.#suite.write({ user, text }))),
    };
  }

  /** A mention of the bot in #team-engineering. */
  mentions({ id: user, name }: DemoPerson, text: string): DemoDelivery {
    const written = { user, channel: "C0ENG", text: `<@${workspace.bot.id}> ${text}` };
    return {
      source: "slack",
      label: `${name} in #team-engineering: ${text}`,
      body: async () => toJsonBody(mention(workspace, await this.#suite.write(written))),
    };
  }

  /** A pressed button, on the newest direct message that has it. */
  presses(person: DemoPerson, actionId: string): DemoDelivery {
    const find = async () => {
      const messages = await this.#suite.messages();
      return messages.findLast(
        (message) => message.channel === `D${person.id.slice(1)}` && hasAction(message, actionId),
      );
    };
    return this.#press(person, actionId, async () => {
      const message = await find();
      return message && { message };
    });
  }

  /** A text and Enter in an input of App Home, or a pressed button there. */
  usesHome(person: DemoPerson, actionId: string, value?: string): DemoDelivery {
    return this.#press(
      person,
      actionId,
      async () => {
        const views = await this.#suite.views();
        const view = views.find(({ type, user }) => type === "home" && user === person.id);
        return view && hasAction(view.view, actionId) ? { view } : undefined;
      },
      value,
    );
  }

  #press(
    { id: user, name }: DemoPerson,
    actionId: string,
    find: () => Promise<{ message: LocalMessage } | { view: LocalView } | undefined>,
    value?: string,
  ): DemoDelivery {
    return {
      source: "slack",
      label: `${name} presses ${actionId}`,
      body: async () => {
        const where = await find();
        if (!where) return null;
        const pressed = pressButton({
          workspace: { ...workspace, messages: await this.#suite.messages() },
          ...where,
          user,
          actionId,
          triggerId: await this.#suite.issueTrigger(user),
          ...(value !== undefined && { value }),
        });
        return Buffer.from(`payload=${encodeURIComponent(JSON.stringify(pressed))}`);
      },
    };
  }
}

function hasAction(where: Parameters<typeof listActions>[0], actionId: string): boolean {
  return listActions(where).some(({ element }) => element.action_id === actionId);
}
