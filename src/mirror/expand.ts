import type { MirrorRule } from "../config/mirror-rule.ts";
import { type Notice, notice } from "../config/notice.ts";
import { formatPlace } from "../config/reading/place.ts";
import type { TagSelection } from "../config/tags/tag-selection.ts";
import { NO_COUNTS, type Outcome } from "../copy/outcome.ts";
import type { CopyRequest } from "../copy/plan.ts";
import { type Reference, repositoryOf } from "../oci/reference.ts";
import type { ReadTarget, WriteTarget } from "../target/target.ts";
import type { SlipwayError } from "../words/error.ts";
import { withoutConflicts } from "./conflicts.ts";
import { contentOf, type Delivery, deliveriesOf } from "./deliveries.ts";
import { type Listing, listSources } from "./listing.ts";
import { isReferrerTag } from "./referrer-tags.ts";
import { selectTags } from "./select-tags.ts";

/** Gives the targets of repositories; whoever calls knows credentials and hosts. References have no tag or digest. */
export interface Targets {
  source(repository: Reference): ReadTarget;
  destination(repository: Reference): WriteTarget;
}

/** What rules come to. */
export interface Expansion {
  /** One for each source image, with all of its destinations, so that it is read once. */
  readonly requests: readonly CopyRequest[];
  /** Rules whose source could not be listed: an outcome for each of their destinations. */
  readonly failed: readonly Outcome[];
  readonly notices: readonly Notice[];
  /** The rules that choose among their source's tags. */
  readonly selections: readonly Selection[];
}

/** A rule that chooses among tags, and what came of it. */
export interface Selection {
  readonly rule: MirrorRule;
  readonly selection: TagSelection;
  /** All tags of its source. */
  readonly listed: ReadonlySet<string>;
  /** Whether it chose none. */
  readonly isIdle: boolean;
}

/**
 * Turns rules into requests: lists the tags of sources where a rule does not name them, and brings together what comes
 * from one image, also out of several rules. Only reads.
 * @throws CONFIG_CONFLICT, or CONFIG_INVALID for several, when two different images would have one name
 */
export async function expand(rules: readonly MirrorRule[], targets: Targets): Promise<Expansion> {
  const sourceOf = perRepository((repository) => targets.source(repository));
  const destinationOf = perRepository((repository) => targets.destination(repository));
  const listings = await listSources(rules, sourceOf);
  const deliveries: (readonly Delivery[])[] = [];
  const failed: Outcome[] = [];
  const notices: Notice[] = [];
  const selections: Selection[] = [];
  for (const rule of rules) {
    const wanted = wantedBy(rule, listings);
    if (wanted.kind === "failed") {
      failed.push(...failuresOf(rule, wanted.error));
    } else if (wanted.deliveries.length === 0) {
      const facts = { where: formatPlace(rule.place), source: repositoryOf(rule.source) };
      notices.push(notice("notice.nothing-matched", facts));
    } else {
      deliveries.push(wanted.deliveries);
    }
    const listing = listings.get(repositoryOf(rule.source));
    if (rule.images.kind !== "selection" || wanted.kind === "failed" || listing?.kind !== "listed") continue;
    const { selection } = rule.images;
    selections.push({ rule, selection, listed: listing.tags, isIdle: wanted.deliveries.length === 0 });
  }
  const bySource = Map.groupBy(withoutConflicts(deliveries.flat()), (one) => `${contentOf(one)} ${one.rule.referrers}`);
  const requests = [...bySource.values()].flatMap((group) => requestOf(group, listings, sourceOf, destinationOf) ?? []);
  return { requests, failed, notices, selections };
}

type Wanted =
  | { readonly kind: "known"; readonly deliveries: readonly Delivery[] }
  | { readonly kind: "failed"; readonly error: SlipwayError };

function wantedBy(rule: MirrorRule, listings: ReadonlyMap<string, Listing>): Wanted {
  if (rule.images.kind !== "selection") return { kind: "known", deliveries: deliveriesOf(rule, []) };
  const listing = listings.get(repositoryOf(rule.source)) ?? { kind: "listed", tags: new Set<string>() };
  if (listing.kind === "failed") return listing;
  const tags = [...listing.tags].filter((tag) => !(rule.referrers && isReferrerTag(tag)));
  return { kind: "known", deliveries: deliveriesOf(rule, selectTags(tags, rule.images.selection)) };
}

/** The deliveries of one image as one request. */
function requestOf(
  group: readonly Delivery[],
  listings: ReadonlyMap<string, Listing>,
  sourceOf: (repository: Reference) => ReadTarget,
  destinationOf: (repository: Reference) => WriteTarget,
): CopyRequest | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { rule, reference } = first;
  const listing = listings.get(repositoryOf(rule.source));
  return {
    source: sourceOf(rule.source),
    reference,
    destinations: group.map(({ destination, tag, adapt }) => {
      return { target: destinationOf(destination), ...(tag !== undefined && { tag }), ...(adapt && { adapt }) };
    }),
    ...(rule.platforms !== undefined && { platforms: rule.platforms }),
    referrers: rule.referrers,
    ...(listing?.kind === "listed" && { sourceTags: listing.tags }),
  };
}

function failuresOf(rule: MirrorRule, error: SlipwayError): readonly Outcome[] {
  const source = repositoryOf(rule.source);
  return rule.destinations.map(({ repository }) => {
    return { source, destination: repositoryOf(repository), status: "failed", error, ...NO_COUNTS };
  });
}

/** The same target each time that the same repository is asked for. */
function perRepository<T>(make: (repository: Reference) => T): (repository: Reference) => T {
  const made = new Map<string, T>();
  return (repository) => {
    const name = repositoryOf(repository);
    const target = made.get(name) ?? make(repository);
    made.set(name, target);
    return target;
  };
}
