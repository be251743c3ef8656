import type { TextCatalogue } from "../words.ts";
import { cliText } from "./cli-text.ts";
import { configText } from "./config-text.ts";
import { contractText } from "./contract-text.ts";
import { copyText } from "./copy-text.ts";
import { releaseText } from "./release-text.ts";

export const text: TextCatalogue = { ...copyText, ...configText, ...releaseText, ...contractText, ...cliText };
