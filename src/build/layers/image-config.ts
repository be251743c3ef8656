import type { Digest } from "../../oci/digest.ts";
import type { Platform } from "../../oci/platform.ts";
import { rfc3339 } from "../created.ts";
import type { ImageJson, RunJson } from "../image-json.ts";

/** What the image runs and how; what is left out is the base image's. */
export interface ImageSettings {
  /** The program and its first arguments. With it the base image's `cmd` goes: it was for another program. */
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `8080`, `53/udp` */
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly workdir?: string;
  /** A name or number, with `:GROUP` or without. */
  readonly user?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  /** What runs a command that is one text. */
  readonly shell?: readonly string[];
  readonly healthcheck?: Healthcheck;
}

/** https://docs.docker.com/reference/dockerfile/#healthcheck */
export interface Healthcheck {
  /** One text is for the image's shell; several are a program and its arguments. */
  readonly test: readonly string[];
  /** Milliseconds, as the other times here. */
  readonly interval?: number;
  readonly timeout?: number;
  readonly startPeriod?: number;
  readonly retries?: number;
}

/** What an image has on top of another. */
export interface ImageAddition {
  readonly platform: Platform;
  readonly created: Date;
  readonly settings: ImageSettings;
  /** Labels that win over those of the settings. */
  readonly labels: Readonly<Record<string, string>>;
  readonly layers: readonly { readonly diffId: Digest; readonly to: string }[];
}

const NANOSECONDS = 1_000_000;

/**
 * The configuration of an image on top of another, or of nothing. The same input makes the same bytes: keys have one
 * order, and so has what is a map to people.
 * https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
 */
export function imageConfig(base: ImageJson | undefined, addition: ImageAddition): Uint8Array {
  const { platform, settings, labels, layers } = addition;
  const created = rfc3339(addition.created);
  return Buffer.from(
    JSON.stringify({
      created,
      author: base?.author,
      architecture: platform.architecture,
      variant: platform.variant,
      os: platform.os,
      "os.version": platform["os.version"],
      "os.features": base?.["os.features"],
      config: runConfig(base?.config ?? {}, settings, labels),
      rootfs: {
        type: "layers",
        diff_ids: [...(base?.rootfs.diff_ids ?? []), ...layers.map(({ diffId }) => diffId)],
      },
      history: history(
        base,
        layers.map(({ to }) => ({ created, created_by: `slipway layer ${to}` })),
      ),
    }),
  );
}

function runConfig(base: RunJson, settings: ImageSettings, labels: Readonly<Record<string, string>>): object {
  const { User, ExposedPorts, Env, Entrypoint, Cmd, Volumes, WorkingDir, Labels, StopSignal, ...rest } = base;
  // What the next build was to do has been left undone by this one, and the parent's name is not this one's.
  const { OnBuild: _, Image: __, Shell, Healthcheck, ...others } = rest;
  const { entrypoint, cmd, healthcheck } = settings;
  return {
    User: settings.user ?? User,
    ExposedPorts: flags(ExposedPorts, (settings.ports ?? []).map(port)),
    Env: variables(Env ?? [], settings.env ?? {}),
    Entrypoint: entrypoint ?? Entrypoint,
    Cmd: cmd ?? (entrypoint === undefined ? Cmd : undefined),
    Volumes: flags(Volumes, settings.volumes ?? []),
    WorkingDir: settings.workdir ?? WorkingDir,
    Labels: sorted({ ...Labels, ...settings.labels, ...labels }),
    StopSignal: settings.stopSignal ?? StopSignal,
    Shell: settings.shell ?? Shell,
    Healthcheck: healthcheck === undefined ? Healthcheck : healthcheckJson(healthcheck),
    ...sorted(others),
  };
}

/** History that does not fit the layers would make tools refuse the image, so then there is none. */
function history(base: ImageJson | undefined, added: readonly object[]): readonly object[] | undefined {
  const before = base?.history ?? [];
  const withLayer = before.filter((entry) => entry.empty_layer !== true).length;
  return withLayer === (base?.rootfs.diff_ids.length ?? 0) ? [...before, ...added] : undefined;
}

/** `NAME=value` lines: those of the base stay in their order, with the new values; new names follow by name. */
function variables(base: readonly string[], env: Readonly<Record<string, string>>): readonly string[] | undefined {
  const lines = new Map(base.map((line) => [line.split("=", 1)[0] ?? line, line]));
  for (const [name, value] of Object.entries(sorted(env) ?? {})) lines.set(name, `${name}=${value}`);
  return lines.size === 0 ? undefined : [...lines.values()];
}

function port(text: string): string {
  return text.includes("/") ? text : `${text}/tcp`;
}

/** A set, as Go writes it: `{"8080/tcp": {}}`. */
function flags(base: Readonly<Record<string, unknown>> | undefined, added: readonly string[]): object | undefined {
  return sorted({ ...base, ...Object.fromEntries(added.map((name) => [name, {}])) });
}

function healthcheckJson({ test, interval, timeout, startPeriod, retries }: Healthcheck): object {
  const nanoseconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : Math.round(milliseconds * NANOSECONDS);
  return {
    Test: /^(NONE|CMD|CMD-SHELL)$/.test(test[0] ?? "") ? test : [test.length === 1 ? "CMD-SHELL" : "CMD", ...test],
    Interval: nanoseconds(interval),
    Timeout: nanoseconds(timeout),
    StartPeriod: nanoseconds(startPeriod),
    Retries: retries,
  };
}

/** By name, in the order of code units; undefined where there is nothing. */
function sorted<Value>(map: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> | undefined {
  const entries = Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
