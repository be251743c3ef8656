import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Builder, builderProblems, type DockerfileBuilder, type LayersBuilder } from "../../build/index.ts";
import { ignoreFileName, stateInContext } from "../../release/build-context.ts";
import { type BuilderMaterial, expectedBuilder } from "../../release/builder.ts";
import { remark, remarkText } from "../../release/remark.ts";
import type { Project } from "../../release/run.ts";
import { stateFolder } from "../../release/state-folder.ts";
import { platformsOf } from "../../release/targets.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine, warned } from "./finding.ts";

/** Which builder a run would use, and what it lacks. Nothing is built. */
export async function checkBuilder(material: BuilderMaterial, words: Words): Promise<readonly Finding[]> {
  const { project, environment, signal } = material;
  try {
    const builder = await expectedBuilder(material);
    const problems = await builderProblems(builder, environment, signal);
    const lacking = [...problems.map((problem) => failed("builder", problem, words)), ...(await files(builder))];
    const isFailed = lacking.some(({ level }) => level === "failed");
    return [
      ...(isFailed ? [] : [fine("builder", describe(builder))]),
      ...lacking,
      ...(await checkContext(project, builder.with, words)),
    ];
  } catch (thrown) {
    return [failed("builder", thrown, words), ...(await checkContext(project, "docker", words))];
  }

  async function files(builder: Builder): Promise<readonly Finding[]> {
    return builder.with === "layers" ? layersFindings(builder) : dockerfileFindings(builder);
  }

  function dockerfileFindings({ dockerfile: path }: DockerfileBuilder): readonly Finding[] {
    if (existsSync(path)) return [];
    return project.publishing.source === undefined
      ? [failed("builder", failure("DOCKERFILE_MISSING", { path }), words)]
      : [absent(path)];
  }

  async function layersFindings({ from, layers }: LayersBuilder): Promise<readonly Finding[]> {
    const paths = layers.map((layer) => ("file" in layer ? layer.file : layer.folder));
    const missing = paths.filter((path) => !existsSync(path)).map(absent);
    if (from === "scratch") return missing;
    const { target, reference } = from;
    const base = await target.resolve(reference);
    if (base !== undefined) return missing;
    return [failed("builder", failure("MANIFEST_UNKNOWN", { target: target.name, reference }), words), ...missing];
  }

  function absent(path: string): Finding {
    const text = words.text("doctor.builder.absent", { path: relative(project.folder, path) });
    return warned("builder", text, words.text("doctor.absent.hint"));
  }

  /** `docker: Dockerfile, linux/amd64` */
  function describe(builder: Builder): string {
    const base = builder.with === "layers" ? baseName(builder) : relative(project.folder, builder.dockerfile);
    return `${builder.with}: ${[base, ...platformsOf(builder)].join(", ")}`;
  }
}

function baseName({ from }: LayersBuilder): string {
  return from === "scratch" ? from : `${from.target.name} ${from.reference}`;
}

/** Whether builds would be given what Slipway keeps beside the configuration. */
async function checkContext(
  { folder, publishing: { build } }: Project,
  builder: Builder["with"],
  words: Words,
): Promise<readonly Finding[]> {
  if (builder === "layers" || build?.with === "layers") return [];
  const context = resolve(folder, build?.context ?? ".");
  const dockerfile = join(context, build?.dockerfile ?? "Dockerfile");
  const exposed = await stateInContext({ with: builder, context, dockerfile }, stateFolder(folder).path);
  if (exposed === undefined) return [];
  const { line } = exposed;
  const text = remarkText(
    remark("remark.build.state-in-context", { line, file: ignoreFileName(exposed, folder) }),
    words.language,
  );
  return [warned("context", text, words.text("doctor.context.hint"))];
}
