import type { BuildSettings, ReleaseSettings, SourceSettings } from "../config/slipway/publishing.ts";
import { type Remark, remark } from "./remark.ts";

/** One node of the publish graph. */
export interface PublishTarget {
  /** Unique: `build`, `push azure`. */
  readonly name: string;
  /** The targets that are brought about before. */
  readonly needs: readonly string[];
  /** What runs it alone, with what it needs. */
  readonly command: string;
  /** Whether a release waits for it. */
  readonly required: boolean;
  readonly note: Remark;
}

/** What the graph is drawn from. */
export interface GraphFacts {
  readonly source?: SourceSettings;
  readonly build?: BuildSettings;
  readonly release?: ReleaseSettings;
  /** The primary first. None: nothing can follow the build. */
  readonly outlets: readonly { readonly name: string; readonly repository: string; readonly required: boolean }[];
  /** Floating tags as the configuration writes them. */
  readonly floating: readonly string[];
  /** Where the release is made, OWNER/NAME, as far as it is known. */
  readonly github?: string;
}

/**
 * The order of publishing, as data. It is the one list: `slipway targets` draws it, the contract tells it, and each
 * command brings about what stands before it.
 *
 * 1. download, where there is a source
 * 2. unpack
 * 3. build: once, into a layout; never again when a registry has the version
 * 4. push: every registry by itself, side by side; none waits for another
 * 5. compare: only one digest everywhere opens what follows
 * 6. github-release: draft, assets, publish
 * 7. release: the floating tags, last
 */
export function publishTargets({
  source,
  build,
  release,
  outlets,
  floating,
  github,
}: GraphFacts): readonly PublishTarget[] {
  const targets: PublishTarget[] = [];
  let last: readonly string[] = [];
  const add = (name: string, note: Remark, required = true) => {
    targets.push({ name, needs: last, command: `slipway ${name}`, required, note });
    return name;
  };
  if (source !== undefined) {
    last = [add("download", remark("targets.download", { from: fromOf(source) }))];
    const { unpack: folder } = source;
    if (folder !== undefined) last = [add("unpack", remark("targets.unpack", { folder }))];
  }
  last = [add("build", remark("targets.build", { builder: builderOf(build) }))];
  if (outlets.length === 0) return targets;
  last = outlets.map(({ name, repository, required }, at) => {
    return add(`push ${name}`, remark(pushNote(at === 0, required), { repository }), required);
  });
  last = [add("push", remark("targets.compare", {}))];
  if (release !== undefined) {
    const place = github ?? release.github;
    const note =
      place === undefined
        ? remark("targets.github-release.unknown", {})
        : remark("targets.github-release", { repository: place });
    last = [add("github-release", note)];
  }
  const tags = floating.join(", ");
  add("release", tags === "" ? remark("targets.release.none", {}) : remark("targets.release", { tags }));
  return targets;
}

function pushNote(isPrimary: boolean, required: boolean) {
  if (isPrimary) return required ? "targets.push.primary" : "targets.push.primary-optional";
  return required ? "targets.push" : "targets.push.optional";
}

/** Where the package comes from, for people. */
export function fromOf({ origin }: SourceSettings): string {
  if (origin.kind === "azure-blob") {
    return `Azure Blob Storage${origin.package === undefined ? "" : `: ${origin.package}`}`;
  }
  return origin.kind === "https" ? withoutSecrets(origin.url) : origin.path;
}

/** What may be secret in an address: a user with a password before the host, and the query. */
export function withoutSecrets(url: string): string {
  return url.replace(/[?#].*$/s, "").replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, "$1");
}

/** The builder and what it builds for, for people. */
export function builderOf(build: BuildSettings | undefined): string {
  if (build === undefined) return "Dockerfile";
  const builder = build.with === "auto" ? (build.dockerfile ?? "Dockerfile") : build.with;
  return [builder, ...platformsOf(build)].join(", ");
}

/** `linux/amd64`, `linux/arm/v7`: the platforms that are asked for. */
export function platformsOf({ platforms = [] }: Pick<BuildSettings, "platforms">): readonly string[] {
  return platforms.map(({ os, osVersion, architecture, variant }) => {
    const system = osVersion === undefined ? os : `${os}:${osVersion}`;
    return [system, architecture, variant].filter((part) => part !== undefined).join("/");
  });
}
