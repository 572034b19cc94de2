import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, json } from "./delivery.ts";

export interface DemoPerson {
  /** Slack's id. */
  id: string;
  name: string;
}

/** Somebody opens App Home, asks for help in a direct message, and mentions the bot in a channel. */
export function slackCallbacks(clock: DayClock, { id, name }: DemoPerson, minutes: number): DemoDelivery[] {
  const channel = `D${id.slice(1)}`;
  const ts = (offset: number) => clock.slackTs(minutes + offset);
  return [
    callback(clock, `${name} opens App Home`, ts(0), {
      type: "app_home_opened",
      user: id,
      channel,
      tab: "home",
    }),
    callback(clock, `${name} sends a direct message`, ts(1), {
      type: "message",
      channel_type: "im",
      user: id,
      channel,
      text: "help",
      ts: ts(1),
    }),
    callback(clock, `${name} mentions the bot`, ts(2), {
      type: "app_mention",
      user: id,
      channel: "C0ENG",
      text: "<@U0BOT> typescript",
      ts: ts(2),
    }),
  ];
}

export interface DemoClick {
  action: { id: string; value: string };
  /** Minutes since midnight. */
  minutes: number;
  /** Issues a trigger id, valid for 3 s. */
  issueTrigger: (user: string) => Promise<string>;
}

/** Somebody clicks a button under a message. */
export function slackClick(
  clock: DayClock,
  person: DemoPerson,
  { action, minutes, issueTrigger }: DemoClick,
): DemoDelivery {
  const ts = clock.slackTs(minutes);
  const channel = `D${person.id.slice(1)}`;
  const payload = {
    type: "block_actions",
    user: { id: person.id, username: person.name, name: person.name, team_id: "T0LOCAL" },
    team: { id: "T0LOCAL", domain: "sentry" },
    api_app_id: "A0LOCAL",
    container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: "directmessage" },
    message: { type: "message", ts, text: "Your commit is ready to deploy" },
    actions: [
      { type: "button", action_id: action.id, block_id: "actions", value: action.value, action_ts: ts },
    ],
  };
  return {
    source: "slack",
    label: `${person.name} clicks ${action.id}`,
    body: async () => {
      const clicked = { ...payload, trigger_id: await issueTrigger(person.id) };
      return Buffer.from(`payload=${encodeURIComponent(JSON.stringify(clicked))}`);
    },
  };
}

function callback(clock: DayClock, label: string, ts: string, event: Record<string, unknown>): DemoDelivery {
  return {
    source: "slack",
    label,
    body: json({
      type: "event_callback",
      team_id: "T0LOCAL",
      api_app_id: "A0LOCAL",
      event_id: `Ev${clock.hex(label, 9).toUpperCase()}`,
      event_time: Math.floor(Number(ts)),
      event: { ...event, event_ts: ts },
    }),
  };
}
