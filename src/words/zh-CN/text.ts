import type { TextCatalogue } from "../words.ts";
import { cliText } from "./cli-text.ts";
import { configText } from "./config-text.ts";
import { contractText } from "./contract-text.ts";
import { copyText } from "./copy-text.ts";
import { daemonText } from "./daemon-text.ts";
import { notifyText } from "./notify-text.ts";
import { releaseText } from "./release-text.ts";
import { siteText } from "./site-text.ts";
import { workflowsText } from "./workflows-text.ts";

export const text: TextCatalogue = {
  ...copyText,
  ...configText,
  ...notifyText,
  ...releaseText,
  ...workflowsText,
  ...contractText,
  ...daemonText,
  ...siteText,
  ...cliText,
};
