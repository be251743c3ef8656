/** Every line for people that is not an error. Split by the room that says it. */
import { cliText } from "./cli-text.ts";
import { configText } from "./config-text.ts";
import { contractText } from "./contract-text.ts";
import { copyText } from "./copy-text.ts";
import { daemonText } from "./daemon-text.ts";
import { notifyText } from "./notify-text.ts";
import { releaseText } from "./release-text.ts";
import { siteText } from "./site-text.ts";
import { workflowsText } from "./workflows-text.ts";

export const text = {
  ...copyText,
  ...configText,
  ...notifyText,
  ...releaseText,
  ...workflowsText,
  ...contractText,
  ...daemonText,
  ...siteText,
  ...cliText,
} as const;
