import type { Rights } from "../../github/index.ts";
import type { Edition } from "../../release/edition.ts";
import { gitTagOf } from "../../release/git-tag.ts";
import { releaseTag } from "../../release/release-tag.ts";
import type { Project, ReleasePlaceOf } from "../../release/run.ts";
import { failure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import type { Context } from "../command.ts";
import { type Login, releasePlace } from "../publish/release-place.ts";
import type { Here } from "../publish/surroundings.ts";
import { endFinding, minuteOf } from "./expiry.ts";
import { type Finding, failed, fine, warned } from "./finding.ts";

/** A release takes some dozens of requests, and more with many assets. */
const FEW_REQUESTS = 100;

/** Whether a release could be made on GitHub, as far as can be known without making one. */
export async function checkGitHub(
  context: Context,
  project: Project,
  here: Here,
  edition: Edition | undefined,
): Promise<readonly Finding[]> {
  const { words } = context;
  try {
    const place = await releasePlace(context, project, here, "write");
    if (place === undefined) return [];
    await using closing = new AsyncDisposableStack();
    closing.defer(() => place.github.close());
    const rights = await place.github.rights();
    const ofRights = rightsFindings(place, rights, words);
    try {
      return [...ofRights, ...(await tagFindings(place, project, edition, words))];
    } catch (thrown) {
      return [...ofRights, failed("github", thrown, words)];
    }
  } catch (thrown) {
    return [failed("github", thrown, words)];
  }
}

function rightsFindings(
  { repository, host, tokenOrigin: origin = "" }: ReleasePlaceOf & Login,
  { write, tokenExpiresAt, immutableReleases, isArchived, requests }: Rights,
  words: Words,
): readonly Finding[] {
  return [
    writeFinding(),
    ...(tokenExpiresAt === undefined ? [] : [endFinding({ host, origin }, tokenExpiresAt, words)]),
    fine(
      "github",
      words.text(`doctor.github.immutable.${immutableReleases.state}`, {
        repository,
        reason: immutableReleases.reason,
      }),
    ),
    ...fewRequests(),
  ];

  function writeFinding(): Finding {
    const { state, reason } = write;
    if (state !== "no") return fine("github", words.text(`doctor.github.${state}`, { repository, origin, reason }));
    const finding = failed("github", failure("RELEASE_NOT_ALLOWED", { repository, reason }), words);
    return isArchived ? { ...finding, hint: words.text("doctor.github.archived.hint") } : finding;
  }

  function fewRequests(): readonly Finding[] {
    if (requests === undefined || requests.remaining >= FEW_REQUESTS) return [];
    const { remaining, limit, resetsAt } = requests;
    const text = words.text("doctor.github.few", { host, remaining, limit, date: minuteOf(resetsAt) });
    return [warned("github", text, words.text("doctor.github.few.hint"))];
  }
}

async function tagFindings(
  place: ReleasePlaceOf,
  { publishing: { release } }: Project,
  edition: Edition | undefined,
  words: Words,
): Promise<readonly Finding[]> {
  if (edition?.version === undefined) return [];
  const name = gitTagOf(release, edition.version);
  const tag = await releaseTag(place, name, edition.revision);
  if (tag.kind === "unusable") return [failed("github", tag.error, words)];
  const state = words.text(`doctor.fate.${tag.state}`);
  return [fine("github", words.text("doctor.github.tag", { tag: name, state, reason: tag.reason }))];
}
