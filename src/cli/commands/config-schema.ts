import { jsonSchemaText } from "../../config/schema/json-schema.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";

/** Prints the JSON Schema of `slipway.yaml`. */
export const run: Run<NoOptions> = async ({ out }) => {
  out.write(jsonSchemaText());
  return EXIT.done;
};
