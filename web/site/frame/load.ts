import type { SiteData } from "../../../src/site/model.ts";
import type { StatusFile } from "../../../src/site/sources/index.ts";
import { readStatus } from "../../../src/site/sources/index.ts";

/** What came of asking for `status.json`. */
export type StatusAnswer =
  | { readonly kind: "waiting" | "unconfigured" }
  | { readonly kind: "status"; readonly status: StatusFile }
  | { readonly kind: "failed"; readonly reason: string };

const STATUS_TIMEOUT_MILLISECONDS = 10_000;

/** What the pages show, from the file beside them. It was written by the program that the pages came with. */
export async function loadSite(): Promise<SiteData> {
  return JSON.parse(await textOf("site.json", AbortSignal.timeout(STATUS_TIMEOUT_MILLISECONDS)));
}

/** How the mirrors are, as the daemon tells everybody. Never throws: the pages do without. */
export async function loadStatus(address: string | undefined): Promise<StatusAnswer> {
  if (address === undefined) return { kind: "unconfigured" };
  try {
    const reading = readStatus(JSON.parse(await textOf(address, AbortSignal.timeout(STATUS_TIMEOUT_MILLISECONDS))));
    if (reading.kind === "status") return reading;
    return { kind: "failed", reason: `${reading.at}: ${reading.expected}` };
  } catch (cause) {
    return { kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

async function textOf(address: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(address, {
    cache: "no-cache",
    credentials: "omit",
    referrerPolicy: "no-referrer",
    signal,
  });
  if (!answer.ok) throw new Error(`${address}: HTTP ${answer.status}`);
  return answer.text();
}
