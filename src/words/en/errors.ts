/**
 * Every error that Slipway can give: what happened, and what to do about it. The key is the stable code.
 * Split by the room that throws, so that a room's words are found at once.
 */
import { buildErrors } from "./build-errors.ts";
import { changesErrors } from "./changes-errors.ts";
import { cliErrors } from "./cli-errors.ts";
import { configErrors } from "./config-errors.ts";
import { copyErrors } from "./copy-errors.ts";
import { daemonErrors } from "./daemon-errors.ts";
import { githubErrors } from "./github-errors.ts";
import { metadataErrors } from "./metadata-errors.ts";
import { notifyErrors } from "./notify-errors.ts";
import { registryErrors } from "./registry-errors.ts";
import { releaseErrors } from "./release-errors.ts";
import { siteErrors } from "./site-errors.ts";
import { sourceErrors } from "./source-errors.ts";
import { storeErrors } from "./store-errors.ts";
import { targetErrors } from "./target-errors.ts";
import { workflowsErrors } from "./workflows-errors.ts";

export const errors = {
  UNEXPECTED: {
    message: "something went wrong that Slipway has no name for: {reason}",
    hint: "run again with --log-level debug and report it with the log",
  },
  INTERRUPTED: {
    message: "interrupted",
    hint: "the same command goes on: what has arrived is not sent again",
  },
  REFERENCE_INVALID: {
    message: "not an image reference: {text} ({reason})",
    hint: "write [REGISTRY[:PORT]/]REPOSITORY[:TAG][@DIGEST], for example docker.io/library/busybox:1.36",
  },
  DIGEST_INVALID: {
    message: "not a digest: {text}",
    hint: "a digest is sha256: and 64 lowercase hex digits, or sha512: and 128",
  },
  PLATFORM_INVALID: {
    message: "not a platform: {text}",
    hint: "write OS[:VERSION]/ARCHITECTURE[/VARIANT], for example linux/arm64 or linux/arm/v7",
  },
  MANIFEST_INVALID: {
    message: "the manifest {digest} is not usable: {reason}",
    hint: "whoever published it must publish it again; Slipway forwards nothing that it cannot read safely",
  },
  ...registryErrors,
  ...targetErrors,
  ...copyErrors,
  ...configErrors,
  ...metadataErrors,
  ...changesErrors,
  ...sourceErrors,
  ...buildErrors,
  ...githubErrors,
  ...releaseErrors,
  ...notifyErrors,
  ...workflowsErrors,
  ...storeErrors,
  ...daemonErrors,
  ...siteErrors,
  ...cliErrors,
} as const;
