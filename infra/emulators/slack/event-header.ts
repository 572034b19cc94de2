/** Request header with the id of the event that a subscriber handles. The emulator adds the id to `events` of the posted or updated message. */
export const EVENT_HEADER = "x-ci-tooling-event";
