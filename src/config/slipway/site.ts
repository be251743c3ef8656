import type * as z from "zod";
import { failure } from "../../words/error.ts";
import type { ComposeForm } from "../compose/form.ts";
import { nearestOf } from "../nearest.ts";
import { formatPlace } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { entryOf, type Tree } from "../reading/tree.ts";
import { QUESTION_ID, type siteSchema, type siteSourceSchema } from "../schema/site.ts";
import { readCompose } from "./compose.ts";
import type { Registry } from "./registries.ts";

/** `site:`, as it is written: what is left out is found where the pages are made. */
export type SiteSettings = Omit<WrittenSite, "compose"> & { readonly compose?: ComposeForm };

type WrittenSite = Readonly<z.output<typeof siteSchema>>;

/** What is said of one source. */
export type SiteSourceSettings = Readonly<z.output<typeof siteSourceSchema>>;

/** Checks what the parts of `site:` say of one another and of the registries. What does not hold is a problem at its place. */
export function readSite(
  written: WrittenSite,
  tree: Tree,
  registries: readonly Registry[],
  problems: Problems,
): SiteSettings {
  const sources = written.sources ?? {};
  const images = new Map(registries.map(({ name, image }) => [name, image]));
  const refuse = (path: readonly string[], reason: string) => {
    const where = formatPlace(placeOf(tree, path));
    problems.add(failure("CONFIG_VALUE_INVALID", { where, key: ["site", ...path].join("."), reason }));
  };
  for (const [name, source] of Object.entries(sources)) {
    const at = ["sources", name];
    if (!images.has(name)) {
      const nearest = nearestOf(name, [...images.keys()]);
      refuse(at, `\`registries\` has no ${name}${nearest === undefined ? "" : `; did you mean ${nearest}?`}`);
    } else if (!images.get(name)?.includes("/"))
      refuse(at, `registries.${name} is a registry alone, without a repository`);
    refuseState(source, sources, (key, reason) => refuse([...at, key], reason), images);
  }
  const origins = Object.keys(sources).filter((name) => sources[name]?.origin === true);
  for (const name of origins.slice(1)) refuse(["sources", name, "origin"], `${origins[0]} is the origin already`);
  for (const name of Object.keys(written.faq ?? {})) {
    if (!QUESTION_ID.test(name)) refuse(["faq", name], "expected small letters, digits and dashes");
  }
  for (const path of secretsIn(tree, [])) refuse(path, "what comes from a file is secret, and this is for everybody");
  const { compose, ...others } = written;
  if (compose === undefined) return others;
  const at = entryOf(tree, "compose")?.value ?? tree;
  return { ...others, compose: readCompose(compose, at, [...images.keys()], problems) };
}

type Sources = NonNullable<SiteSettings["sources"]>;

function refuseState(
  source: SiteSourceSettings,
  sources: Sources,
  refuse: (key: string, reason: string) => void,
  images: ReadonlyMap<string, string>,
): void {
  const { state = "active", reason, since, successor } = source;
  if ((state === "degraded" || state === "paused") && reason === undefined) {
    refuse("state", `${state} needs \`reason\`: people ask why`);
  }
  if (state === "active" && reason !== undefined) refuse("reason", "it goes with another `state` than active");
  if (state === "active" && since !== undefined) refuse("since", "it goes with another `state` than active");
  if (successor === undefined) return;
  if (state !== "retired") refuse("successor", "it goes with `state: retired`");
  const next = sources[successor];
  if (!images.has(successor)) refuse("successor", `\`registries\` has no ${successor}`);
  else if (next?.state === "retired" || next?.offered === false)
    refuse("successor", `${successor} is not offered either`);
}

/** Of a part, or of what is nearest around it. */
function placeOf(tree: Tree, path: readonly string[]) {
  let place = tree.place;
  let at: Tree | undefined = tree;
  for (const step of path) {
    const entry = entryOf(at, step);
    if (entry === undefined) break;
    place = entry.value.place;
    at = entry.value;
  }
  return place;
}

/** Where something stands that was read from a file. The form of the builder looks after itself. */
function secretsIn(tree: Tree, path: readonly string[]): readonly (readonly string[])[] {
  if (tree.kind === "scalar") return tree.secret === true ? [path] : [];
  if (tree.kind === "list") return tree.items.flatMap((item) => secretsIn(item, path));
  return tree.entries.flatMap(({ key, value }) => (key === "compose" ? [] : secretsIn(value, [...path, key])));
}
