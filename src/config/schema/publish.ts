import * as z from "zod";
import { parseFlavor } from "../../metadata/flavor.ts";
import { Refusal } from "../refusal.ts";
import { slotsIn } from "../version-slots.ts";
import {
  amount,
  checked,
  duration,
  flag,
  mapping,
  oneOf,
  oneOrMore,
  platform,
  refuseUnknownSlot,
  text,
  versioned,
} from "./scalars.ts";

const checksum = () =>
  checked((value) => {
    if (!/^sha256:[0-9a-f]{64}$/.test(value)) throw new Refusal("expected sha256: and 64 lowercase hex digits");
  });

const repositoryName = () =>
  checked((value) => {
    if (!/^[\w.-]+\/[\w.-]+$/.test(value)) throw new Refusal("expected OWNER/NAME");
  });

/** Pages about a configuration leave variables open: what begins with one may be any address. */
const webAddress = () =>
  versioned((value) => {
    if (!/^(?:https?:\/\/[^/]|\$\{)/i.test(value.trim())) throw new Refusal("expected an http or https address");
  });

const gitTag = () =>
  versioned((value) => {
    if (slotsIn(value).length > 0 || value.includes("${")) return;
    throw new Refusal("it would be the same for every version: {{version}} has to be in it");
  });

/** `source:`, what is downloaded before anything is built. */
export const sourceSchema = mapping({
  azureBlob: text()
    .optional()
    .describe("SAS URL of a blob, or of a container that holds `package`. Best from a variable: it is a secret."),
  url: webAddress().optional().describe("An https address; may hold {{version}}."),
  path: versioned().optional().describe("A file or folder of this machine; may hold {{version}}."),
  package: versioned().optional().describe("The blob's name in the container; may hold {{version}}."),
  checksum: checksum().optional().describe("sha256:… of the package; anything else that arrives is refused."),
  unpack: versioned()
    .optional()
    .describe("The folder that the package is unpacked into; Slipway owns all that is in it."),
});

const pathRule = z.union([text(), z.record(z.string(), oneOrMore(text(), "a glob"))], {
  error: "expected a glob, or a kind of change with globs (added|modified: api/**)",
});

const layerSchema = mapping({
  folder: text().optional().describe("All that is in this folder."),
  file: text().optional().describe("One file."),
  to: text().describe("Where it is in the image: an absolute path."),
});

const healthcheckSchema = mapping({
  test: oneOrMore(text(), "a command").describe(
    "One text: for the image's shell. A list: the program and its arguments.",
  ),
  interval: duration().optional().describe("Between two checks."),
  timeout: duration().optional().describe("Longer counts as failed."),
  startPeriod: duration().optional().describe("Failures before do not count."),
  retries: amount(1).optional().describe("So many failures in a row are unhealthy."),
});

const imageConfigSchema = mapping({
  entrypoint: oneOrMore(text(), "a program").optional().describe("What runs, with its first arguments."),
  cmd: oneOrMore(text(), "an argument").optional().describe("Further arguments that a user may replace."),
  env: z.record(z.string(), z.string()).optional().describe("Variables of its environment."),
  ports: oneOrMore(text(), "a port").optional().describe("Ports it listens on: 8080 or 53/udp."),
  volumes: oneOrMore(text(), "a path").optional().describe("Paths that hold data."),
  workdir: text().optional().describe("Its working folder."),
  user: text().optional().describe("Who it runs as: a name or number, with :GROUP."),
  stopSignal: text().optional().describe("What ends it, such as SIGTERM."),
  healthcheck: healthcheckSchema.optional().describe("How Docker finds out whether it is well."),
});

/** `build:`. */
export const buildSchema = mapping({
  with: oneOf(["docker", "buildah", "layers"])
    .optional()
    .describe(
      "docker: buildx where it is there, else the engine's own build; buildah; layers: no daemon, same input, same digest. Default: layers where `layers` is given, else docker or buildah, whichever this machine has.",
    ),
  context: text().optional().describe("The folder that is sent to the builder. Default: that of slipway.yaml."),
  dockerfile: text().optional().describe("Default: Dockerfile in the context."),
  target: text().optional().describe("The stage of the Dockerfile that is wanted."),
  args: z
    .record(z.string(), checked(refuseUnknownSlot))
    .optional()
    .describe("Build arguments; may hold {{version}}. Not for secrets."),
  platforms: z.array(platform()).min(1, "the list is empty").optional().describe("Such as linux/amd64, linux/arm64."),
  paths: z
    .array(pathRule)
    .min(1, "the list is empty")
    .optional()
    .describe("Build and push a branch only when files that match changed, by the rules of dorny/paths-filter."),
  pathsMatch: oneOf(["some", "every"])
    .optional()
    .describe(
      "Whether one of `paths` has to match a file, or every one: exclusions (!docs/**) need every. Default some.",
    ),
  cacheFrom: oneOrMore(text(), "a cache").optional().describe("buildx: where build cache is read from."),
  cacheTo: oneOrMore(text(), "a cache").optional().describe("buildx: where build cache is written to."),
  provenance: text().optional().describe("buildx: provenance attestation: true, false or mode=max. Default: buildx's."),
  sbom: flag().optional().describe("buildx: an SBOM attestation. Default false."),
  from: text().optional().describe("layers: the base image: a reference, oci:FOLDER, or scratch (the default)."),
  layers: z.array(layerSchema).min(1, "the list is empty").optional().describe("layers: what each layer holds."),
  config: imageConfigSchema.optional().describe("layers: what the image runs and how; the rest is the base image's."),
});

/** `flavor:`, docker/metadata-action's lines. */
export const flavorSchema = oneOrMore(
  checked((line) => parseFlavor([line])),
  "a line such as latest=false or suffix=-alpine,onlatest=true",
).transform(parseFlavor);

/** `release:`. */
export const releaseSchema = mapping({
  github: repositoryName()
    .optional()
    .describe("OWNER/NAME. Default: GITHUB_REPOSITORY, else the origin of the checkout."),
  tag: gitTag().optional().describe("The git tag. Default v{{version}}."),
  name: versioned().optional().describe("The release's title. Default: the git tag."),
  target: text()
    .optional()
    .describe(
      "The branch or commit that a new git tag is put on. Default: the commit that was built, where the release is in the same repository.",
    ),
  assets: oneOrMore(versioned(), "a glob")
    .optional()
    .describe("Files to attach: paths or globs; may hold {{version}}."),
  notes: versioned()
    .optional()
    .describe(
      "generate: GitHub's own; none; or the path of a Markdown file, which may hold {{version}} in its name. Default generate.",
    ),
  latest: oneOf(["auto", "true", "false"])
    .optional()
    .describe("GitHub's `latest` mark. Default auto: for a stable version that is the highest."),
});
