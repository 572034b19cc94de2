import { type ChannelListener, subscribe } from "node:diagnostics_channel";

const subscribed = new Set<ChannelListener>();

/**
 * Subscribes a listener to a channel of this process, however often it is called with the same listener.
 * https://nodejs.org/api/diagnostics_channel.html
 */
export function subscribeOnce(channel: string, listener: ChannelListener) {
  if (subscribed.has(listener)) return;
  subscribed.add(listener);
  subscribe(channel, listener);
}
