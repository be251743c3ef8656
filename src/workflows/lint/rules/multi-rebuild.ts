import { entryOf } from "../../../config/reading/tree.ts";
import { remark } from "../finding.ts";
import { type Build, pushedBuilds, repositoryOf } from "../model/builds.ts";
import type { Rule } from "../rule.ts";

/** Each build is another digest, so that the registries have different images under one tag. */
export const multiRebuild: Rule = {
  name: "multi-rebuild",
  severity: "error",
  link: "https://docs.docker.com/build/metadata/attestations/slsa-provenance/",
  *check(workflow) {
    const builds = pushedBuilds(workflow);
    const firsts = new Map<string, Build>();
    for (const build of builds) {
      const first = firsts.get(build.recipe);
      if (first === undefined) firsts.set(build.recipe, build);
      else if (isElsewhere(build, first)) yield remark(build.place, "lint.multi-rebuild", { line: first.place.line });
      if (isMatrixOfRegistries(build)) yield remark(build.place, "lint.multi-rebuild.matrix");
    }
  },
};

function isElsewhere(one: Build, other: Build): boolean {
  const [here, there] = [one, other].map(({ tags }) => tags.map(repositoryOf));
  if (here === undefined || there === undefined || here.length === 0 || there.length === 0) return false;
  return here.every((repository) => !there.includes(repository));
}

/** A job that builds once for each registry of its matrix. */
function isMatrixOfRegistries({ job, tags }: Build): boolean {
  const hasMatrix = entryOf(entryOf(job.tree, "strategy")?.value, "matrix") !== undefined;
  return (
    hasMatrix &&
    tags.some((tag) =>
      /\bmatrix\.\w*(?:registry|registries|host|repository|repo)\w*/i.test(repositoryOf(tag).split("/")[0] ?? ""),
    )
  );
}
