/** What the daemon says to people, and when. */
export { type AlarmOptions, type Alarms, startAlarms } from "./alarms.ts";
export { incidentText, openIncidents } from "./incident-text.ts";
