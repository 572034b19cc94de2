/**
 * Days that `events` keeps the payload of an event: functions/drop-payloads sets it to NULL afterwards. The fact tables hold what the metrics need;
 * a rebuild leaves older facts that come from payloads as they are.
 */
export const PAYLOAD_DAYS = 180;
