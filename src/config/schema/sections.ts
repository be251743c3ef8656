import * as z from "zod";
import { parseText } from "../../metadata/fill-template.ts";
import { Refusal } from "../refusal.ts";
import { parseCron, parseTimeZone } from "../schedule.ts";
import { loginSchema } from "./login.ts";
import { notifySchema } from "./notify.ts";
import { buildSchema, flavorSchema, releaseSchema, sourceSchema } from "./publish.ts";
import {
  amount,
  bytes,
  checked,
  duration,
  flag,
  imageSpec,
  mapping,
  oneOf,
  oneOrMore,
  platform,
  prefix,
  rateOrNone,
  tagPattern,
  tagRule,
  text,
  url,
  versionRange,
} from "./scalars.ts";
import { serveSchema } from "./serve.ts";
import { siteSchema } from "./site.ts";
import { workflowsSchema } from "./workflows.ts";

/** One of `registries:`. */
export const registrySchema = mapping({
  image: prefix().describe(
    "REGISTRY/REPOSITORY. `from` and `to` may say the entry's name instead. The credentials are for every repository that begins so; for them alone, a REGISTRY or REGISTRY/NAMESPACE is enough.",
  ),
  username: z
    .string()
    .optional()
    .describe("Together with `password`. Both empty: the logins of docker and podman are asked."),
  password: z.string().optional().describe("Best from a variable, ${NAME}, or a file, ${file:/run/secrets/name}."),
  login: loginSchema
    .optional()
    .describe(
      "In place of `username` and `password`: a login without a secret that lives long. See docs/credentials.md.",
    ),
  adapt: flag()
    .optional()
    .describe("true: for repositories that begin so, what `adapt` of a mirror says. Default false."),
  required: flag()
    .optional()
    .describe(
      "false: a release goes on without it, says so (exit code 3), and the next sync or release heals it. Default true.",
    ),
});

/** What `tags:` may say besides one tag or a list; the order is told with {@link TagSelection}. */
const selectionSchema = mapping({
  semver: versionRange().optional().describe("Versions in this range, such as >=1.2.0; 1.2 and v1 are versions, too."),
  match: oneOrMore(tagPattern(), "a tag, a glob or a /regular expression/")
    .optional()
    .describe("Only tags that match one of these: names, globs or /regular expressions/."),
  include: oneOrMore(tagPattern(), "a tag, a glob or a /regular expression/").optional().describe("These as well."),
  exclude: oneOrMore(tagPattern(), "a tag, a glob or a /regular expression/").optional().describe("But not these."),
  newest: amount(1).optional().describe("No more than the newest so many; tags that include names are kept besides."),
});

const tagsSchema = z
  .union([oneOrMore(tagPattern(), "a tag").transform((include) => ({ include })), selectionSchema], {
    error: "expected a tag, a list of tags, or a selection (semver, match, include, exclude, newest)",
  })
  .describe(
    "Which tags: one, a list (names, globs, /regular expressions/), or a selection. Left out: all. With `sync --prune`, tags of these names that the source no longer has, or that are beyond `newest`, are deleted; names listed one by one govern nothing.",
  );

/** One of `mirrors:`. */
export const mirrorSchema = mapping({
  name: checked((value) => {
    if (!/^[A-Za-z0-9][\w.-]*$/.test(value))
      throw new Refusal("expected letters, digits, dots, dashes and underscores");
  })
    .optional()
    .describe("What pages and addresses of `slipway serve` call it. Default: made of `from`."),
  from: imageSpec().describe(
    "REPOSITORY, or with :TAG, :TAG,TAG, :/EXPRESSION/ or @DIGEST; or the name of a registry.",
  ),
  to: oneOrMore(imageSpec(), "a repository").describe("Where to. With tags, they pair with those of `from`."),
  tags: tagsSchema.optional(),
  platforms: z.array(platform()).min(1, "the list is empty").optional().describe("Only these, such as linux/arm64."),
  referrers: flag().optional().describe("Whether signatures and attestations travel along. Default true."),
  adapt: flag()
    .optional()
    .describe(
      "true: where a destination refuses some of an image (attestations, nested indexes), the rest is sent, under another digest, which the report tells. Default: what `registries` say, else false: it fails there.",
    ),
  every: duration().optional().describe("`slipway serve` brings it in step so often, such as 30m."),
  cron: checked(parseCron)
    .optional()
    .describe('Or at these times, such as "0 0 * * *". Left out both: on demand alone.'),
  timeZone: checked(parseTimeZone).optional().describe("Of `cron`. Default: that of `serve`, else UTC."),
  jitter: duration()
    .optional()
    .describe("It begins up to so much later, so that not all begin at once. Default: a tenth of `every`, at most 1m."),
});

/** One of `hosts:`. */
export const hostSchema = mapping({
  tls: flag().optional().describe("false: plain HTTP. Default: TLS; loopback hosts may speak either."),
  insecure: flag().optional().describe("true: take any certificate, and plain HTTP where there is no TLS."),
  ca: text().optional().describe("PEM file (or text) of authorities to trust besides the system's."),
  cert: text().optional().describe("PEM file (or text) of a client certificate."),
  key: text().optional().describe("PEM file of its key."),
  proxy: text().optional().describe("http://PROXY:PORT, or none. Default: HTTPS_PROXY, HTTP_PROXY, NO_PROXY."),
  concurrency: amount(1)
    .optional()
    .describe(
      "Requests at the same time, of each kind. Default: questions as the host bears them, up to 64; 8 downloads, 8 uploads.",
    ),
  rate: amount(0.01, true).optional().describe("Requests a second, at most."),
  idleTimeout: duration()
    .optional()
    .describe(
      "Silence after which a connection is given up where a byte is waited for; answers may take twice as long to begin. Default 30s.",
    ),
  minimumRate: rateOrNone()
    .optional()
    .describe("Slower than this over half of `idleTimeout`, a body is given up; none: never. Default 1KB/s."),
  keepPulls: amount(0)
    .optional()
    .describe(
      "Pulls that are left unspent where the host says how many it allows; 0: none. Default 10, or half of what it allows where that is less.",
    ),
  realm: url().optional().describe("A token server besides those known to belong to this host."),
  kind: oneOf(["acr", "docker-hub", "harbor", "quay", "plain"])
    .optional()
    .describe(
      "What runs there, for what its own API can list; plain: tags are asked for one by one. Default: by the host's name, and Harbor by its challenge.",
    ),
  alternates: oneOrMore(prefix(), "a registry")
    .optional()
    .describe("HOST or HOST/FOLDER that hold the same repositories; read from in order where this host cannot be."),
  chunkSize: bytes().optional().describe("Largest body of one upload request, such as 20MiB."),
});

/** `slipway.yaml`. */
export const slipwaySchema = mapping({
  version: z.literal("1", { error: "expected 1" }).meta({ type: "integer", const: 1 }).describe("Of this format: 1."),
  name: text().optional().describe("What the project is called."),
  registries: z
    .record(z.string(), registrySchema)
    .optional()
    .describe("Where the project's image lives, and credentials."),
  source: sourceSchema.optional().describe("What is downloaded and unpacked before the build."),
  build: buildSchema.optional().describe("How the image is built. Default: the Dockerfile beside this file."),
  tags: oneOrMore(tagRule(), "a tag")
    .optional()
    .describe(
      "What the image is called: templates such as {{version}}, {{major}}.{{minor}}, latest, {{branch}}, sha-{{sha}}, or rules of docker/metadata-action (type=…). Default: {{version}}, latest, and the branch.",
    ),
  flavor: flavorSchema.optional().describe("What holds for all tags, as the lines of docker/metadata-action's flavor."),
  labels: z
    .record(z.string(), checked(parseText))
    .optional()
    .describe("Labels and annotations besides the usual ones of org.opencontainers.image; may hold {{version}}."),
  release: releaseSchema
    .optional()
    .describe("The GitHub Release. Left out: none is made, and a release ends with the floating tags."),
  contract: text().optional().describe("The page that `slipway contract` writes. Default docs/image-contract.md."),
  workflows: workflowsSchema.optional().describe("What `slipway workflows` writes for GitHub Actions."),
  mirrors: z.array(mirrorSchema).optional().describe("What `slipway sync` copies."),
  hosts: z.record(z.string(), hostSchema).optional().describe("By registry host (HOST[:PORT]): how to reach it."),
  serve: serveSchema.optional().describe("How `slipway serve` keeps mirrors in step."),
  site: siteSchema.optional().describe("What the pages for those who deploy the image say, and what they ask."),
  notify: notifySchema.optional().describe("Who is told what a sync, a push or a release came to."),
});

/** What a person says about one registry host; with `ca`, `cert` and `key` read: PEM texts. */
export type HostSettings = Readonly<z.output<typeof hostSchema>>;
