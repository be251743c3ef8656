import type { SlipwayError } from "../words/error.ts";

/** Makes the error for a reason. Parsers of parts are given it by whoever knows the whole text, and so its code. */
export type Refuse = (reason: string) => SlipwayError;
