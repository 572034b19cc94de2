import { describe, expect, it } from "vitest";
import { defaultWorkspace, githubField } from "../../../local/seed/slack.ts";
import { directMessage, homeOpened, mention, userChange } from "./callbacks.ts";

const workspace = defaultWorkspace();
const written = { user: "U0MIRA", text: "help", ts: "1793639000.000500" };

describe("callbacks of the Events API", () => {
  it.each([
    [
      "a direct message",
      directMessage(workspace, written),
      {
        type: "message",
        channel_type: "im",
        channel: "D0MIRA",
        user: "U0MIRA",
        text: "help",
        ts: written.ts,
      },
    ],
    [
      "a mention in a thread",
      mention(workspace, { ...written, channel: "C0ENG", text: "<@U0BOT> help", thread_ts: "1.000000" }),
      { type: "app_mention", channel: "C0ENG", text: "<@U0BOT> help", thread_ts: "1.000000" },
    ],
    [
      "an opened App Home",
      homeOpened(workspace, { user: "U0MIRA", ts: written.ts }),
      { type: "app_home_opened", user: "U0MIRA", channel: "D0MIRA", tab: "home" },
    ],
    [
      "a changed profile",
      userChange(workspace, { user: "U0MIRA", ts: written.ts }),
      {
        type: "user_change",
        user: {
          id: "U0MIRA",
          is_bot: false,
          profile: { fields: { [githubField]: { value: "mira-okafor" } } },
        },
        cache_ts: 1793639000,
      },
    ],
  ])("%s is wrapped in an event_callback", (_, callback, event) => {
    expect(callback).toMatchObject({
      type: "event_callback",
      team_id: "T0LOCAL",
      event_id: expect.stringMatching(/^Ev[0-9A-F]{9}$/),
      event_time: 1793639000,
      event: { ...event, event_ts: written.ts },
    });
  });

  it("the same event has the same event_id", () => {
    const id = (text: string) => directMessage(workspace, { ...written, text }).event_id;
    expect(id("help")).toBe(id("help"));
    expect(id("help")).not.toBe(id("mute"));
  });
});
