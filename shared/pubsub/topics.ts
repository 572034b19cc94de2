/** Topic of the messages that a subscription gave up, and the name of the subscription from which they are read. */
export const DEAD_LETTER_TOPIC = "dead-letter";
/** Topic of the dead letters that are delivered again, each to the subscriber that gave up. */
export const REPLAY_TOPIC = "replay";
