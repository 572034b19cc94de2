/** Names the event that a Web API call is made for: an event may change messages of another one. */
export const EVENT_HEADER = "x-ci-tooling-event";
