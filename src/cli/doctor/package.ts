import type { SourceSettings } from "../../config/slipway/publishing.ts";
import { originOf } from "../../release/package.ts";
import type { Project } from "../../release/run.ts";
import { fromOf, withoutSecrets } from "../../release/targets.ts";
import { beginningOfSas, expiryOfSas, lookAt, type Origin, sasProblem } from "../../source/index.ts";
import { asFailure } from "../../words/error.ts";
import type { Words } from "../../words/words.ts";
import { formatBytes } from "../output/units.ts";
import { isNear, minuteOf } from "./expiry.ts";
import { type Finding, failed, fine, tolerated, warned } from "./finding.ts";

/**
 * Whether the package could be downloaded: what a SAS URL says of itself, and, with one small request, whether the
 * package is there, where it is known which one is meant. Nothing is fetched.
 */
export async function checkPackage(
  { folder, publishing }: Project,
  version: string | undefined,
  words: Words,
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const { source } = publishing;
  if (source === undefined) return [];
  const { origin } = source;
  const problem = origin.kind === "azure-blob" ? sasProblem(origin.url) : undefined;
  if (problem !== undefined) return [failed("package", problem, words)];
  const signed = origin.kind === "azure-blob" ? sasFindings(origin.url, words) : [];
  return [...signed, ...(await presence(source, folder, version, words, signal))];
}

function sasFindings(url: string, words: Words, now = new Date()): readonly Finding[] {
  const address = withoutSecrets(url);
  const [end, beginning] = [expiryOfSas(url), beginningOfSas(url)];
  if (beginning !== undefined && beginning > now) {
    const text = words.text("doctor.package.early", { address, date: minuteOf(beginning) });
    return [{ check: "package", level: "failed", text, hint: words.text("doctor.clock.hint") }];
  }
  if (end === undefined) return [];
  const text = words.text("doctor.package.until", { address, date: minuteOf(end) });
  if (!isNear(end, now.getTime())) return [fine("package", text)];
  return [warned("package", text, words.text("doctor.package.hint"))];
}

async function presence(
  source: SourceSettings,
  folder: string,
  version: string | undefined,
  words: Words,
  signal: AbortSignal | undefined,
): Promise<readonly Finding[]> {
  let origin: Origin;
  try {
    origin = originOf(source, folder, version);
  } catch (thrown) {
    const error = asFailure(thrown);
    if (error.code !== "VERSION_NEEDED") return [failed("package", error, words)];
    return [fine("package", words.text("doctor.package.unasked", { from: fromOf(source) }))];
  }
  try {
    const { name, size } = await lookAt(origin, signal);
    return [fine("package", size === undefined ? name : `${name}, ${formatBytes(size)}`)];
  } catch (thrown) {
    const error = asFailure(thrown);
    // An earlier step may be what makes a file of this machine.
    const isToCome = error.code === "PACKAGE_UNREADABLE";
    return [isToCome ? tolerated("package", error, words) : failed("package", error, words)];
  }
}
