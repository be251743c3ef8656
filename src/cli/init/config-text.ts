import { Document, isMap, isNode, isSeq, Pair, Scalar, YAMLSeq } from "yaml";
import type { Words } from "../../words/words.ts";
import type { Proposal } from "./proposal.ts";

/**
 * The text of a `slipway.yaml`, with a comment for each part.
 * @param head what comes first: the line that gives editors the schema, or nothing
 */
export function configText(proposal: Proposal, head: string, words: Words): string {
  const { name, registries, build, tags, flavor, release, schedule, action } = proposal;
  const document = new Document({ version: 1, name });
  const add = (key: string, value: unknown, comment?: string) => {
    const pair = new Pair(new Scalar(key), isNode(value) ? value : document.createNode(value));
    if (comment !== undefined) {
      pair.key.spaceBefore = true;
      pair.key.commentBefore = ` ${comment}`;
    }
    if (isMap(document.contents)) document.contents.items.push(pair);
  };
  if (registries.length > 0) {
    const entries = registries.map(({ name: key, ...registry }) => [key, registry] as const);
    add(
      "registries",
      Object.fromEntries(entries),
      words.text(tags.length > 0 ? "init.file.registries" : "init.file.logins"),
    );
  }
  if (tags.length > 0) {
    add("build", build ?? {}, words.text("init.file.build"));
    add("tags", tags, words.text("init.file.tags"));
  }
  if (flavor.length > 0) add("flavor", flavor);
  if (release !== undefined) add("release", release, words.text("init.file.release"));
  const mirrors = mirrorsOf(proposal);
  if (mirrors.items.length > 0) add("mirrors", mirrors, words.text("init.file.mirrors"));
  const hosts = hostsOf(proposal);
  if (Object.keys(hosts).length > 0) add("hosts", hosts);
  const workflows = {
    ...(action !== undefined && { slipway: action }),
    ...(schedule !== undefined && { sync: schedule }),
  };
  if (Object.keys(workflows).length > 0) add("workflows", workflows, words.text("init.file.workflows"));
  makeShort(document);
  document.commentBefore = ` ${words.text("init.file.head")}`;
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const rest = action === undefined ? `\n# ${words.text("init.file.action")}\n` : "";
  return head + text + rest;
}

/** Those of all importers, with their comments, which say where each came from. */
function mirrorsOf({ imported }: Proposal): YAMLSeq {
  const all = new YAMLSeq();
  for (const document of imported) {
    const mirrors = document.get("mirrors");
    if (!isSeq(mirrors)) continue;
    const [first] = mirrors.items;
    // What is written above the first is, for the library, above the list.
    if (isNode(first) && mirrors.commentBefore) first.commentBefore ??= mirrors.commentBefore;
    all.items.push(...mirrors.items);
  }
  return all;
}

function hostsOf({ imported }: Proposal): Readonly<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const document of imported) {
    const hosts = document.get("hosts");
    if (isMap(hosts)) Object.assign(all, hosts.toJSON());
  }
  return all;
}

/** Short lists stand on one line. */
function makeShort(document: Document): void {
  for (const path of [
    ["tags"],
    ["flavor"],
    ["build", "platforms"],
    ["build", "paths"],
    ["release", "assets"],
    ["workflows", "sync", "cron"],
    ["workflows", "sync", "branches"],
  ]) {
    const list = document.getIn(path, true);
    if (isSeq(list) && String(list).length < 100 && list.items.every((item) => !String(item).startsWith("type=")))
      list.flow = true;
  }
}
