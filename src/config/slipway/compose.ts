import type * as z from "zod";
import { parseReference } from "../../oci/reference.ts";
import { failure } from "../../words/error.ts";
import type { ComposeForm, Field } from "../compose/form.ts";
import { nearestOf } from "../nearest.ts";
import { formatPlace, type Place } from "../reading/place.ts";
import type { Problems } from "../reading/problems.ts";
import { type Tree, treeAt } from "../reading/tree.ts";
import { refusalReason } from "../refusal.ts";
import type { composeSchema, WrittenField } from "../schema/compose.ts";
import { isSecretKey } from "../variables/interpolate.ts";
import { readField } from "./compose-field.ts";
import { readTemplate } from "./compose-template.ts";

type Written = Readonly<z.output<typeof composeSchema>>;
type Path = readonly (string | number)[];
type Refuse = (path: Path, reason: string) => void;

/** Reads `site.compose`. What its parts say wrongly of one another, or of the registries, is a problem at its place. */
export function readCompose(
  written: Written,
  tree: Tree,
  registries: readonly string[],
  problems: Problems,
): ComposeForm {
  const refuseAt = (place: Place, path: Path, reason: string) => {
    const key = ["site.compose", ...path].join(".");
    problems.add(failure("CONFIG_VALUE_INVALID", { where: formatPlace(place), key, reason }));
  };
  const refuse: Refuse = (path, reason) => refuseAt(nearestPlace(tree, path), path, reason);
  const { file = "docker-compose.yml", minimum = "2.20", groups = [], images = {} } = written;
  const fields = readFields(written, refuse);
  refuseImages(images, registries, refuse);
  const { template, used } = readTemplate(treeAt(tree, ["template"]) ?? tree, {
    fields,
    images: Object.keys(images),
    refuse: (place, reason) => refuseAt(place, ["template"], reason),
    problems,
  });
  const asked = new Set([...used, ...written.fields.flatMap(conditionsOf)]);
  for (const [at, { id }] of written.fields.entries()) {
    if (!asked.has(id))
      refuse(["fields", at], `${id} is asked for nothing: neither the template nor a condition uses it`);
  }
  for (const place of filesIn(tree)) refuseAt(place, [], "what comes from a file is secret, and this is for everybody");
  return { file, minimum, groups, fields: [...fields.values()], images, template };
}

function readFields({ fields, groups = [] }: Written, refuse: Refuse): ReadonlyMap<string, Field> {
  const read = new Map<string, Field>();
  const known = groups.map(({ id }) => id);
  for (const [at, written] of fields.entries()) {
    const field = readField(written, read, (path, reason) => refuse(["fields", at, ...path], reason));
    if (written.group !== undefined && !known.includes(written.group)) {
      refuse(["fields", at, "group"], `\`groups\` has no ${written.group}${orRather(written.group, known)}`);
    }
    if (field !== undefined) read.set(field.id, field);
  }
  return read;
}

function refuseImages(images: ComposeForm["images"], registries: readonly string[], refuse: Refuse): void {
  for (const [name, places] of Object.entries(images)) {
    if (!/^\w[\w-]*$/.test(name)) refuse(["images", name], "expected letters, digits, dashes and underscores");
    if (!Object.hasOwn(places, "default"))
      refuse(["images", name], "it needs `default`, for sources that do not have it");
    for (const [place, image] of Object.entries(places)) {
      if (place !== "default" && !registries.includes(place)) {
        refuse(["images", name, place], `\`registries\` has no ${place}${orRather(place, [...registries, "default"])}`);
      }
      try {
        parseReference(image);
      } catch (thrown) {
        refuse(["images", name, place], refusalReason(thrown));
      }
    }
  }
}

function orRather(word: string, known: readonly string[]): string {
  const nearest = nearestOf(word, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

function conditionsOf({ when, options = [] }: WrittenField): readonly string[] {
  const conditions = [when, ...options.map((option) => ("when" in option ? option.when : undefined))];
  return conditions.flatMap((condition) => Object.keys(condition ?? {}));
}

/** Where `\${file:…}` stands. */
function filesIn(tree: Tree): readonly Place[] {
  if (tree.kind === "list") return tree.items.flatMap(filesIn);
  if (tree.kind === "scalar") return tree.secret ? [tree.place] : [];
  return tree.entries.flatMap(({ key, value }) => (isSecretKey(key, "site") ? [] : filesIn(value)));
}

/** The place of a part, or of what is nearest around it. */
function nearestPlace(tree: Tree, path: Path): Place {
  return (treeAt(tree, path) ?? (path.length === 0 ? tree : { place: nearestPlace(tree, path.slice(0, -1)) })).place;
}
