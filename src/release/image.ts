import { build } from "../build/index.ts";
import type { Digest } from "../oci/digest.ts";
import { ignoreFileName, stateInContext } from "./build-context.ts";
import { builderFor } from "./builder.ts";
import type { Choice } from "./choose-image.ts";
import { layoutTag } from "./edition.ts";
import { bringPackage } from "./package.ts";
import type { ReadyImage } from "./push.ts";
import { remark } from "./remark.ts";
import type { Run } from "./run.ts";
import { done, skipped } from "./step.ts";

/** Step 3: the edition's image: found where it is already, or built, after what the build needs. */
export async function readyImage(run: Run, choice: Choice): Promise<ReadyImage> {
  const tag = layoutTag(run.edition);
  const inLayout = (digest: Digest): ReadyImage => ({ source: run.layout, reference: tag, digest });
  switch (choice.kind) {
    case "outlet": {
      const { name, digest } = choice;
      await run.steps.add({
        step: "build",
        ...skipped(remark("remark.build.exists", { digest, registry: name, tag })),
      });
      if ((await run.layout.resolve(tag))?.digest === digest) return inLayout(digest);
      const outlet = run.outlets.find((one) => one.name === name);
      return outlet === undefined ? inLayout(digest) : { source: outlet.target, reference: tag, digest };
    }
    case "layout":
      await run.steps.add({ step: "build", ...skipped(remark("remark.build.kept", { digest: choice.digest })) });
      return inLayout(choice.digest);
    case "build":
      await bringPackage(run);
      return inLayout(await buildImage(run));
  }
}

/** Builds the image into the local layout. */
export async function buildImage(run: Run): Promise<Digest> {
  const { edition, layout } = run;
  const tag = layoutTag(edition);
  return run.steps.run("build", async () => {
    const builder = await builderFor(run);
    const exposed = builder.with === "layers" ? undefined : await stateInContext(builder, run.state.path);
    if (exposed !== undefined) {
      const facts = { line: exposed.line, file: ignoreFileName(exposed, run.project.folder) };
      run.tell({ kind: "notice", remark: remark("remark.build.state-in-context", facts) });
    }
    const built = await run.effects.perform({ kind: "build", subject: tag }, async () => {
      const result = await build({
        builder,
        labels: edition.labels,
        created: edition.created,
        layout,
        tag,
        temporaryFolder: run.state.temporary,
        environment: run.environment,
        signal: run.signal,
        tell: (event) => {
          if (event.kind === "output") run.tell({ kind: "builder", line: event.line });
        },
      });
      // Only then would a power cut leave it there.
      await layout.close();
      return result;
    });
    const { digest } = built.descriptor;
    const names = [built.builder.name, ...built.platforms.map(platformText)].join(", ");
    return [done(remark("remark.build.done", { digest, builder: names })), digest];
  });
}

function platformText({ os, architecture, variant }: { os: string; architecture: string; variant?: string }): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join("/");
}
