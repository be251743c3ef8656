import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareWorkflows } from "./compare.ts";
import { type WorkflowFile, workflowFiles } from "./files.ts";
import { openForWorkflows, workflowMaterial } from "./material.ts";

/** Slipway's Action in samples. */
export const SLIPWAY = `acme/slipway@${"5".repeat(40)} v1.4.0`;

const RELEASED = `version: 1
name: app
registries:
  hub: { image: docker.io/acme/app, username: "\${HUB_USER}", password: "\${HUB_PASSWORD}" }
  aliyun: { image: "\${ALIYUN:-registry.cn-hangzhou.aliyuncs.com}/acme/app", username: "\${ALIYUN_USER}", password: "\${ALIYUN_PASSWORD}" }
build: { platforms: [linux/amd64, linux/arm64] }
tags: ["{{version}}", "{{major}}.{{minor}}", latest]
release: { assets: "dist/*.zip" }
`;

/** Configurations by name, without `workflows`. */
export const PROJECTS = {
  /** Several registries and a release. */
  released: RELEASED,
  /** The same, and it mirrors; its package needs a secret. */
  packaged: `${RELEASED}source: { azureBlob: "\${SAS}", package: "app-{{version}}.zip", unpack: build/app }
mirrors: [{ from: hub, to: aliyun, tags: { semver: ">=1" } }]
`,
  /** GitHub's own registry, logged in to with the job's token. */
  ghcr: `version: 1
name: app
registries:
  ghcr: { image: "ghcr.io/\${OWNER}/app", username: "\${GITHUB_ACTOR}", password: "\${GITHUB_TOKEN}" }
build: { platforms: [linux/amd64], paths: [api/**] }
release: { tag: "app/v{{version}}" }
`,
  /** The image follows a branch. */
  branch: `version: 1
registries:
  aliyun: { image: "\${REGISTRY}/\${IMAGE}", username: "\${REGISTRY_USER}", password: "\${REGISTRY_PWD}" }
build: { with: buildah, platforms: [linux/arm64], paths: [api/**, workflow/**] }
tags: ["type=ref,event=branch", "type=sha"]
`,
  /** No daemon, nothing to set up. */
  layers: `version: 1
registries: { quay: { image: quay.io/acme/app, username: bob, password: "\${QUAY}" } }
build: { with: layers, layers: [{ folder: files, to: /app }], config: { entrypoint: [/app/run] } }
contract: docs/image-contract.md
`,
  /** Mirrors alone. */
  mirrors: `version: 1
registries:
  azure: { image: acme.azurecr.io/app, username: "\${AZURE_USER}", password: "\${AZURE_PASSWORD}" }
  ghcr: { image: ghcr.io, username: acme, password: "\${GITHUB_TOKEN}" }
mirrors: [{ from: docker.io/acme/app, to: [azure, ghcr.io/acme/app] }]
`,
} as const;

export type ProjectName = keyof typeof PROJECTS;

/** The workflows of a configuration, as texts by their names. `more` goes below `workflows:`. */
export function workflowsOf(
  folder: string,
  project: string,
  more = "",
  name = "slipway.yaml",
): ReadonlyMap<string, string> {
  return new Map(filesOf(folder, project, more, name).map((file) => [file.name, file.text]));
}

/** The same, with what is there already. */
export function rewritten(folder: string, project: string, there: ReadonlyMap<string, string>, more = "") {
  return compareWorkflows(filesOf(folder, project, more, "slipway.yaml"), there, false);
}

function filesOf(folder: string, project: string, more: string, name: string): readonly WorkflowFile[] {
  const file = join(folder, "slipway.yaml");
  writeFileSync(file, `${project}workflows:\n  slipway: ${SLIPWAY}\n${more}`);
  return workflowFiles(workflowMaterial(name, openForWorkflows(file, {}), []));
}
