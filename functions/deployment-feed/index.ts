import { readConfig } from "../../shared/config.ts";
import { type Deploy, findDeploy, saveDeploy } from "../../shared/database/deploys.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { changeRemembered, messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import type { Event } from "../../shared/events/event.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { postOnce, updateMessage } from "../../shared/slack/slack-message.ts";
import { decideFeed, type Feed, feedContext } from "./decide.ts";
import { feedMessage, feedReply } from "./feed-message.ts";
import { readRelevant } from "./read-relevant.ts";

const subscriber = "deployment-feed";
/** The type under which the messages are stored; their ref is the stored attempt and the service. */
const DEPLOYMENT_FEED = "deployment-feed";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  const { deployment, services } = relevant;
  // The subscriber `deploys` saves it too, but possibly later than the decision reads it.
  const saved = await saveDeploy(event, deployment);
  for (const service of services) await updateFeed(event, saved, service);
});

/** One message per attempt and service. Its lock is held while Slack is asked, and no other message's. */
async function updateFeed(event: Event, saved: Deploy, service: Service & { feed: Feed }) {
  const { channel, mode } = service.feed;
  const ref = `${saved.rowId} ${service.name}`;
  const key = { subscriber, event: { id: `${event.id} ${service.name}` }, lock: `${DEPLOYMENT_FEED} ${ref}` };
  await processOnce(key, async ({ tx, isRetry }) => {
    const deploy = await findDeploy(tx, saved.rowId);
    const [message] = await messagesAbout(tx, DEPLOYMENT_FEED, [ref], feedContext);
    if (!deploy) return;
    const decision = decideFeed(message?.context ?? null, deploy.status, mode);
    const posting = (part: string) => ({ event, part: `${part} ${ref}`, isRetry });
    if (!message) {
      const posted = await postOnce(feedMessage(deploy, service), { ...posting(DEPLOYMENT_FEED), channel });
      return rememberMessage(tx, { type: DEPLOYMENT_FEED, ref, ...posted, context: decision.context });
    }
    let posted = { channel: message.channel, ts: message.ts };
    if (decision.message === "edit")
      posted = await updateMessage(posted, feedMessage(deploy, service), posting(DEPLOYMENT_FEED));
    if (decision.reply)
      await postOnce(feedReply(deploy), {
        ...posting("reply"),
        channel: posted.channel,
        threadTs: posted.ts,
      });
    await changeRemembered(tx, message.id, { ...posted, context: decision.context });
  });
}
