import { createHash } from "node:crypto";
import type { StoredError, TagRecord } from "../../src/store/records.ts";
import { type DashboardDaemon, logLine, tagRecord } from "./dashboard-daemon.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What a registry of somebody who means harm calls a tag. */
export const HTML = "<img src=x onerror=alert(1)>";

export const DESTINATIONS = ["hagicode.azurecr.io", "registry.cn-hangzhou.aliyuncs.com"] as const;

/** How many mirrors there are besides those that a test names. */
const OTHERS = ["redis", "postgres", "nginx", "node", "golang", "alpine", "busybox", "traefik", "grafana", "minio"];

export interface SampleMirrors {
  /** Of a channel that takes messages. */
  readonly channel: string;
  readonly mirrors?: number;
}

/** A configuration of mirrors in every state. */
export function sampleConfiguration({ channel, mirrors = 30 }: SampleMirrors): string {
  const names = ["hagicode", "behind", "failing", "silent", "unknown", "live", "html"];
  while (names.length < mirrors) {
    const number = names.length;
    names.push(`${OTHERS[number % OTHERS.length]}-${number}`);
  }
  const rules = names.map((name) => {
    const to = DESTINATIONS.map((host) => `${host}/acme/${name}`);
    return `  - { name: ${name}, from: docker.io/acme/${name}, to: [${to.join(", ")}], every: 30m }`;
  });
  return [
    "name: HagiCode",
    "notify:",
    `  - { name: ops, webhook: ${channel}, internal: true }`,
    "  - { name: nobody, webhook: http://127.0.0.1:1/, internal: true }",
    "mirrors:",
    ...rules,
    "",
  ].join("\n");
}

export function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** A tag at both destinations, the same as at its source. */
export function sameEverywhere(mirror: string, tag: string, more: Partial<TagRecord> = {}): readonly TagRecord[] {
  const digest = digestOf(`${mirror}:${tag}`);
  return DESTINATIONS.map((host) =>
    tagRecord({
      mirror,
      tag,
      destination: `${host}/acme/${mirror}:${tag}`,
      sourceDigest: digest,
      destinationDigest: digest,
      inStepAt: Date.now() - 8 * MINUTE,
      ...more,
    }),
  );
}

export const REFUSED: StoredError = {
  code: "DENIED",
  facts: {
    host: DESTINATIONS[1],
    operation: "push to acme/failing",
    origin: "~/.docker/config.json",
    detail: "requested access to the resource is denied",
  },
  side: "destination",
  retryable: false,
};

/** Gives the mirrors of the sample configuration the states that they are named after. */
export async function fillDaemon(daemon: DashboardDaemon, runsOfAWeek: number): Promise<void> {
  const now = Date.now();
  const every = (7 * DAY) / runsOfAWeek;
  for (let run = runsOfAWeek - 1; run > 0; run--) {
    const wave = Math.abs(Math.sin(run * 1.7)) * Math.abs(Math.sin(run / 9));
    await daemon.endRun("hagicode", {
      at: Math.round(now - run * every),
      took: Math.round(20_000 + 90_000 * wave),
      counts: { copied: wave > 0.3 ? 2 : 0, skipped: 46, bytesWritten: wave > 0.3 ? Math.round(wave * 9e8) : 0 },
      ...(wave > 0.3 && { lag: Math.round(wave * 22 * MINUTE) }),
    });
  }
  const tags = Array.from({ length: 23 }, (_, number) => sameEverywhere("hagicode", `1.${number}.0`));
  await daemon.endRun("hagicode", {
    at: now - 8 * MINUTE,
    counts: { copied: 2, skipped: 44, bytesWritten: 184_000_000, bytesRead: 92_000_000, requests: 214 },
    tags: [...tags.flat(), ...sameEverywhere("hagicode", "latest", { lag: 4 * MINUTE, arrivedAt: now - HOUR })],
    hosts: [{ host: "docker.io", limit: 200, remaining: 143, seenAt: now - 8 * MINUTE }],
    lag: 4 * MINUTE,
    lines: [
      logLine("daemon.log.begun", { worker: "worker-1" }),
      logLine("daemon.log.in-step", { images: 44 }),
      logLine("daemon.log.planned", { images: 2 }),
    ],
  });
  await daemon.endRun("behind", { at: now - 12 * MINUTE, tags: behindTags(now), counts: { copied: 1, skipped: 9 } });
  await daemon.endRun("failing", {
    at: now - 20 * MINUTE,
    error: REFUSED,
    tags: [
      ...sameEverywhere("failing", "1.0"),
      ...sameEverywhere("failing", "1.1", { state: "failed", error: REFUSED }),
    ],
    counts: { failed: 2 },
  });
  await daemon.endRun("silent", { at: now - 9 * HOUR, tags: sameEverywhere("silent", "1.0"), counts: { skipped: 2 } });
  const named = ["hagicode", "behind", "failing", "silent", "unknown", "live"];
  for (const name of daemon.inForce.mirrors.keys()) {
    if (named.includes(name)) continue;
    const records = [...["3.19", "3.20", "edge"], ...(name === "html" ? [HTML] : [])].flatMap((tag) =>
      sameEverywhere(name, tag),
    );
    await daemon.endRun(name, {
      at: now - 5 * MINUTE,
      tags: records,
      counts: { skipped: records.length, bytesWritten: name.length * 1_700_000 },
      ...(name === "html" && { lines: [logLine("daemon.log.begun", { worker: HTML })] }),
    });
  }
}

/** One of six tags differs at the second destination, and one has never come there. */
function behindTags(now: number): readonly TagRecord[] {
  const late = { state: "behind", behindSince: now - 95 * MINUTE } as const;
  const [, second] = sameEverywhere("behind", "1.5");
  const [, third] = sameEverywhere("behind", "1.6");
  return [
    ...["1.0", "1.1", "1.2", "1.3"].flatMap((tag) => sameEverywhere("behind", tag)),
    ...sameEverywhere("behind", "1.5").slice(0, 1),
    ...sameEverywhere("behind", "1.6").slice(0, 1),
    ...(second ? [{ ...second, ...late, destinationDigest: digestOf("an older one") }] : []),
    ...(third ? [{ ...third, ...late, destinationDigest: undefined }] : []),
  ];
}
