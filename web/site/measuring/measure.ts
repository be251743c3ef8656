import type { Source } from "../../../src/site/model.ts";
import type { Measurement } from "../../../src/site/sources/index.ts";
import { isOffered } from "../frame/site.tsx";

const ATTEMPTS = 3;
/** A way that fails twice is not asked a third time. */
const FAILURES = 2;
const TIMEOUT_MILLISECONDS = 4000;

/**
 * How long each source that can be chosen takes to answer, as far as a page may know: the answer itself stays closed to it
 * (`no-cors`), and any answer counts, a refusal too. Sources are asked at once, the attempts of one after each other; the
 * first of them pays for name and handshake, as a pull does.
 * @param signal given up by: what was measured so far is then of no use
 */
export async function measure(sources: readonly Source[], signal: AbortSignal): Promise<readonly Measurement[]> {
  const asked = sources.flatMap((source) => (source.probe === undefined || !isOffered(source) ? [] : [source]));
  return Promise.all(asked.map(({ id, probe = "" }) => measureOne(id, probe, signal)));
}

async function measureOne(source: string, probe: string, signal: AbortSignal): Promise<Measurement> {
  const times: number[] = [];
  let failed = 0;
  for (let attempt = 0; attempt < ATTEMPTS && failed < FAILURES && !signal.aborted; attempt++) {
    const time = await timeOf(probe, signal);
    if (time === undefined) failed++;
    else times.push(time);
  }
  return { source, at: Date.now(), times, failed };
}

/** @returns milliseconds until the answer began; nothing where there was none */
async function timeOf(address: string, signal: AbortSignal): Promise<number | undefined> {
  const start = performance.now();
  try {
    await fetch(address, {
      mode: "no-cors",
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]),
    });
    return performance.now() - start;
  } catch {
    return undefined; // Browsers tell pages nothing more of it: https://fetch.spec.whatwg.org/#concept-network-error
  }
}
