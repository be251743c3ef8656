import type { BuildSettings } from "../../config/slipway/publishing.ts";
import { failure } from "../../words/error.ts";
import { releaseInUse } from "../newer-versions.ts";
import type { ActionName } from "../versions.ts";
import type { WorkflowMaterial } from "./material.ts";
import type { Step } from "./step.ts";

/** What `uses:` says of an action: its commit, and behind it the version for people. */
export function action({ versions }: WorkflowMaterial, name: ActionName): string {
  const { version, commit } = releaseInUse(name, versions);
  return `${name}@${commit} # ${version}`;
}

export interface CheckoutWishes {
  /** What is checked out, where it is not the commit of the run. */
  readonly ref?: string;
  /** Why the history is needed; left out: it is not. */
  readonly history?: string;
}

export function checkout(material: WorkflowMaterial, { ref, history }: CheckoutWishes = {}): Step {
  return {
    uses: action(material, "actions/checkout"),
    with: [
      ...(ref === undefined ? [] : [{ key: "ref", value: ref }]),
      ...(history === undefined ? [] : [{ key: "fetch-depth", value: 0, comment: history }]),
      { key: "persist-credentials", value: false },
    ],
  };
}

/** Puts Slipway on the path. @throws WORKFLOWS_SLIPWAY_MISSING */
export function setUpSlipway({ settings: { slipway }, file }: WorkflowMaterial): Step {
  if (slipway === undefined) throw failure("WORKFLOWS_SLIPWAY_MISSING", { file });
  const { action: name, commit, version } = slipway;
  return {
    uses: `${name}@${commit}${version === undefined ? "" : ` # ${version}`}`,
    with: [{ key: "command", value: "setup" }],
  };
}

/** What runs on a runner of GitHub without emulation. */
const NATIVE: readonly string[] = ["amd64", "386"];

/** What the builder needs of the machine: emulation for other platforms, and buildx. */
export function setUpBuilder(material: WorkflowMaterial): readonly Step[] {
  const build: BuildSettings = material.config.publishing.build ?? { with: "auto" };
  if (build.with === "layers") return [];
  const isForeign = (build.platforms ?? []).some(
    ({ architecture }) => architecture !== undefined && !NATIVE.includes(architecture),
  );
  return [
    ...(isForeign ? [{ uses: action(material, "docker/setup-qemu-action") }] : []),
    ...(build.with === "buildah" ? [] : [{ uses: action(material, "docker/setup-buildx-action") }]),
  ];
}

/** `slipway COMMAND`, by the configuration that the repository has. */
export function slipway({ file }: WorkflowMaterial, command: string): string {
  if (file === "slipway.yaml") return `slipway ${command}`;
  return `slipway ${command} --config ${/^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`}`;
}
