import type { Run } from "../command.ts";
import type { downloadOptions } from "../publish-options.ts";
import { bring } from "./download.ts";

/** Unpacks the package that the configuration names, fetched before where it is not there. */
export const run: Run<typeof downloadOptions> = (context, input) => bring(context, input, "unpack");
