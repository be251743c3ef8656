import type { FloatingTag } from "../../metadata/index.ts";
import type { Digest } from "../../oci/digest.ts";
import { chooseImage } from "../../release/choose-image.ts";
import type { Edition } from "../../release/edition.ts";
import { type FloatingPlan, planFloating } from "../../release/floating.ts";
import { floatingRemark } from "../../release/floating-step.ts";
import type { Outlet } from "../../release/outlets.ts";
import { remark, remarkText } from "../../release/remark.ts";
import { type Sighting, sight } from "../../release/sightings.ts";
import { asFailure, failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { type Finding, failed, fine, tolerated, warned } from "./finding.ts";

/**
 * Whether a version can be published: whether its tag is free or ours at each registry, and which floating tags would
 * move. What keeps a registry from answering is told by the check of the place.
 */
export async function checkVersion(
  edition: Edition,
  outlets: readonly Outlet[],
  words: Words,
): Promise<readonly Finding[]> {
  const rules = edition.warnings.map(({ rule, kind, text }) => {
    const said = remarkText(remark(`publish.tag-warning.${kind}`, { rule, text }), words.language);
    return warned("tags", said, words.text("doctor.tags.hint"));
  });
  const [tag] = edition.fixed;
  const { version, revision } = edition;
  if (version === undefined) return [fine("version", words.text("doctor.version.none")), ...rules];
  if (tag === undefined) return rules;
  const sightings = await sight(outlets, tag);
  const places = sightings.map((sighting, at) =>
    placeFinding(sighting, nameAt(outlets, at, tag), tag, revision, words),
  );
  const { digest, finding } = chosen(sightings, tag, revision, words);
  const isTold = places.some(({ code }) => code === "VERSION_TAKEN");
  const floating = await Promise.all(
    outlets
      .filter((_, at) => sightings[at]?.state !== "unknown")
      .map((outlet) => floatingFindings(outlet, edition.floating, { version, digest }, words)),
  );
  return [...places, ...(finding === undefined || isTold ? [] : [finding]), ...rules, ...floating.flat()];
}

function nameAt(outlets: readonly Outlet[], at: number, tag: string): string {
  return `${outlets[at]?.target.name}:${tag}`;
}

function placeFinding(
  sighting: Sighting,
  image: string,
  tag: string,
  revision: string | undefined,
  words: Words,
): Finding {
  switch (sighting.state) {
    case "absent":
      return fine("version", words.text("doctor.version.free", { image }));
    case "unknown":
      return {
        ...warned("version", words.text("doctor.version.unknown", { image }), words.error(sighting.error).message),
        code: sighting.error.code,
      };
    case "there": {
      const { digest, revision: theirs, outlet } = sighting;
      if (revision === undefined) return fine("version", words.text("doctor.version.there", { image, digest }));
      if (theirs === revision) return fine("version", words.text("doctor.version.ours", { image, digest }));
      const facts = { registry: outlet.name, tag, digest, theirs: theirs ?? "none", ours: revision };
      const taken = failure("VERSION_TAKEN", facts);
      // A release goes on without what is not required.
      return outlet.required ? failed("version", taken, words) : tolerated("version", taken, words);
    }
  }
}

/** The digest that the version has already, and what keeps it from being one. */
function chosen(
  sightings: readonly Sighting[],
  tag: string,
  revision: string | undefined,
  words: Words,
): { readonly digest?: Digest; readonly finding?: Finding } {
  try {
    const facts = { tag, sightings, deterministic: true, ...(revision !== undefined && { revision }) };
    const choice = chooseImage(facts);
    return choice.kind === "build" ? {} : { digest: choice.digest };
  } catch (thrown) {
    return { finding: failed("version", thrown, words) };
  }
}

async function floatingFindings(
  outlet: Outlet,
  tags: readonly FloatingTag[],
  { version, digest }: { readonly version: string; readonly digest: Digest | undefined },
  words: Words,
): Promise<readonly Finding[]> {
  try {
    const plans = await planFloating({ outlet, digest }, tags, version);
    return plans.map((plan) => fine("tags", planText(plan, version, words)));
  } catch (thrown) {
    const error = asFailure(thrown).on("destination");
    return [outlet.required ? failed("tags", error, words) : tolerated("tags", error, words)];
  }
}

function planText(plan: FloatingPlan, version: string, words: Words): string {
  return plan.kind === "move"
    ? words.text("doctor.tags.moves", { image: `${plan.outlet.target.name}:${plan.tag}`, version })
    : remarkText(floatingRemark(plan, version), words.language);
}
