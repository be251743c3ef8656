import { count, MiB, memoryWithin } from "../figures.ts";
import { type Row, together, verdict } from "../row.ts";
import { startDecoy } from "../stage/decoy.ts";
import { Ends, REPOSITORY } from "../stage/ends.ts";
import { loginsFor, withTokens } from "../stage/logins.ts";

const ENDLESS = { kind: "endless" } as const;

/** What the kernels of both sides may hold for a reader who has stopped reading. */
const IN_SOCKETS = 16 * MiB;
const FLAT_MEMORY = 256 * MiB;

/** Answers that never end. */
export const endless: readonly Row[] = [
  {
    id: "S14",
    injected: "a manifest that says no length and never ends",
    required: "given up at 4 MiB; memory stays flat",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open();
      ends.source.faults.add({ method: "GET", kind: "manifest", effect: ENDLESS });
      const run = await player.copy(ends);
      const most = Math.max(0, ...ends.source.requests.of("GET", "manifest").map(({ bytesOut }) => bytesOut));
      const checks = {
        ...ends.refused(player, run, /ANSWER_INVALID/),
        "little more than 4 MiB is read": most <= 4 * MiB + IN_SOCKETS,
        "memory stays flat": run.peakBytes < FLAT_MEMORY,
      };
      return verdict("given up", checks, memoryWithin(run.peakBytes, FLAT_MEMORY));
    },
  },
  {
    id: "S15",
    injected: "a token that never ends, and an error message that never ends",
    required: "given up at 1 MiB",
    players: "all",
    play: async (player) => {
      await using token = await Ends.open({ source: withTokens() });
      token.source.faults.add({ kind: "token", effect: ENDLESS });
      const first = await player.copy(token, loginsFor(token.source));
      await using error = await Ends.open();
      error.source.faults.add({ kind: "manifest", effect: ENDLESS });
      error.source.faults.add({ kind: "manifest", effect: { kind: "status", status: 400 } });
      const second = await player.copy(error);
      const answers = [...token.source.requests, ...error.source.requests].map(({ bytesOut }) => bytesOut);
      const peakBytes = Math.max(first.peakBytes, second.peakBytes);
      const checks = together(
        token.refused(player, first, /ANSWER_INVALID/),
        error.refused(player, second, /REGISTRY_ANSWER/),
        {
          "little more than 1 MiB is read": Math.max(...answers) <= MiB + IN_SOCKETS,
          "memory stays flat": peakBytes < FLAT_MEMORY,
        },
      );
      return verdict("given up", checks, memoryWithin(peakBytes, FLAT_MEMORY));
    },
  },
  {
    id: "S16",
    injected: "lists of tags whose next page is at another host, is the same page again, or is always one more",
    required: "same host only; pages have a limit",
    players: "slipway",
    lasts: 10,
    play: async (slipway) => {
      await using other = await startDecoy();
      let pages = 0;
      const links = [
        () => `<${other.origin}/v2/${REPOSITORY}/tags/list>`,
        () => `</v2/${REPOSITORY}/tags/list?n=1>`,
        () => `</v2/${REPOSITORY}/tags/list?page=${++pages}>`,
      ];
      const checks: Record<string, boolean> = {};
      for (const [at, link] of links.entries()) {
        await using decoy = await startDecoy({
          address: "127.0.0.1",
          answer: (_, response) => response.writeHead(200, { link: `${link()}; rel="next"` }).end('{"tags":["v1"]}'),
        });
        const run = await slipway.run(["tags", `${decoy.host}/${REPOSITORY}`]);
        checks[`${at + 1}: it fails and says ANSWER_INVALID`] =
          run.code === 1 && /ANSWER_INVALID|cannot be used/.test(run.output);
      }
      checks["another host sees nothing"] = other.seen.length === 0;
      checks["pages have a limit"] = pages <= 2_000;
      return verdict("given up", checks, count(pages, "page"));
    },
  },
];
