import { type Answer, json } from "../registry/answer.ts";
import { Problem } from "../registry/problem.ts";
import { listedTags, type Question } from "./question.ts";

const PATH = /^\/acr\/v1\/(.+)\/_tags$/;
const MOST = 100;

/**
 * Azure's list of tags, in the order of their names. A token for pulling is not enough.
 * https://learn.microsoft.com/rest/api/containerregistry/tag/get-list
 */
export function azureTags(question: Question): Answer {
  const { url } = question.incoming;
  const [, name = ""] = PATH.exec(url.pathname) ?? [];
  question.guard([{ type: "repository", name, actions: ["metadata_read"] }]);
  const tags = listedTags(question, name);
  if (tags === undefined) throw new Problem(404, "NAME_UNKNOWN", `repository ${name} is not known`);
  const size = Math.min(Number(url.searchParams.get("n") ?? MOST), MOST);
  const last = url.searchParams.get("last") ?? "";
  const rest = tags.filter(([tag]) => tag > last).sort(([one], [other]) => (one < other ? -1 : 1));
  const shown = rest.slice(0, size);
  const end = shown.at(-1)?.[0] ?? "";
  const link = `<${url.pathname}?last=${encodeURIComponent(end)}&n=${size}&orderby=>; rel="next"`;
  return json(
    200,
    {
      registry: url.host,
      imageName: name,
      tags: shown.map(([tag, digest]) => ({
        name: tag,
        ...(digest !== undefined && { digest }),
        createdTime: "2026-11-01T10:00:00.0000000Z",
        lastUpdateTime: "2026-11-01T10:00:00.0000000Z",
        signed: false,
        changeableAttributes: { deleteEnabled: true, writeEnabled: true, readEnabled: true, listEnabled: true },
      })),
    },
    rest.length > shown.length ? { link } : {},
  );
}
