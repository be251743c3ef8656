import { releaseOnGitHub } from "../../release/release.ts";
import type { Run } from "../command.ts";
import type { releaseOptions } from "../publish-options.ts";
import { bring } from "./release.ts";

/** The order up to the GitHub Release; the floating tags stay where they are. */
export const run: Run<typeof releaseOptions> = (context, input) =>
  bring(context, input, "github-release", releaseOnGitHub);
