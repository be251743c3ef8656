import type { TextCatalogue } from "../words.ts";
import { cliText } from "./cli-text.ts";
import { configText } from "./config-text.ts";
import { copyText } from "./copy-text.ts";

export const text: TextCatalogue = { ...copyText, ...configText, ...cliText };
