import { remark } from "../finding.ts";
import { type Build, pushedBuilds } from "../model/builds.ts";
import type { Rule } from "../rule.ts";

/** The later push is the whole of the tag: machines of the other platforms find nothing there. */
export const singlePlatformOverwrites: Rule = {
  name: "single-platform-overwrites",
  severity: "error",
  link: "https://docs.docker.com/build/ci/github-actions/multi-platform/#distribute-build-across-multiple-runners",
  *check(workflow) {
    const builds = pushedBuilds(workflow);
    for (const [at, build] of builds.entries()) {
      const before = builds.slice(0, at).find((other) => sharesTag(build, other) && differs(build, other));
      const tag = build.tags.find((one) => before?.tags.includes(one));
      if (before !== undefined && tag !== undefined) {
        yield remark(build.place, "lint.single-platform-overwrites", { tag, line: before.place.line });
      } else if (isPlatformOfMatrix(build)) {
        yield remark(build.place, "lint.single-platform-overwrites.matrix", { tag: build.tags[0] ?? "" });
      }
    }
  },
};

/** What another step or job of the same name means can only be known where the job is the same. */
function sharesTag(one: Build, other: Build): boolean {
  return one.tags.some(
    (tag) => other.tags.includes(tag) && (one.job === other.job || !/\b(?:steps|env|matrix)\./.test(tag)),
  );
}

function differs(one: Build, other: Build): boolean {
  return one.platforms.join() !== other.platforms.join();
}

function isPlatformOfMatrix({ platforms, tags }: Build): boolean {
  return (
    platforms.some((platform) => /\bmatrix\./.test(platform)) &&
    tags.length > 0 &&
    tags.every((tag) => !/\b(?:matrix|steps)\./.test(tag))
  );
}
