import { randomUUID } from "node:crypto";
import { createServer, request } from "node:http";
import { webhookSignature } from "../../src/notify/sign.ts";
import { randomImage, startRegistry } from "../../src/testing/index.ts";
import { count } from "../figures.ts";
import { type Row, verdict } from "../row.ts";
import { DaemonStage, OPERATOR } from "../stage/daemon.ts";

const SECRET = "what-a-caller-proves-itself-by";
const HOOK = `serve: { webhooks: { ci: { kind: generic, secret: ${SECRET} } } }\n`;
const NO_MIRRORS = "mirrors: []\n";

/** Whoever reaches the daemon's address, and whom it is told to reach. */
export const callers: readonly Row[] = [
  {
    id: "S24",
    injected: "a notification channel of the daemon leads to an address inside the network; its test button is pressed",
    required: "nothing is sent there, and nothing of an answer is shown",
    players: "slipway",
    play: async () => {
      let calls = 0;
      await using inside = await listening(() => {
        calls += 1;
        return "an answer from inside";
      });
      const channel = `notify: [{ webhook: "http://127.0.0.1:${inside.port}/", name: inside }]\n`;
      await using stage = await DaemonStage.open({ config: NO_MIRRORS + channel });
      const test = { method: "POST", token: OPERATOR, headers: { "content-type": "application/json" } };
      const { status, text } = await stage.ask("/api/v1/channels/inside/test", test);
      const checks = {
        "it is told that nothing was delivered": status === 200 && JSON.parse(text).delivered === false,
        "nothing was sent": calls === 0,
        "nothing of an answer is shown": !text.includes("an answer from inside"),
      };
      return verdict("refused, and named the address as internal", checks, count(calls, "call"));
    },
  },
  {
    id: "S25",
    injected: "a webhook without a signature, with another's, with one of another body, and an hour old",
    required: "401, and nothing is begun",
    players: "slipway",
    play: async () => {
      await using source = await startRegistry();
      await using stage = await DaemonStage.open({ config: HOOK + mirrorOf(source.host) });
      const body = bodyOf(source.host);
      const [now, hourAgo] = [secondsNow(), secondsNow() - 3600];
      const calls = [
        {},
        signed("1", now, body, "another"),
        signed("2", now, `${body} `, SECRET),
        signed("3", hourAgo, body, SECRET),
      ];
      const answers = [];
      for (const headers of calls) answers.push(await stage.ask("/hooks/ci", { method: "POST", body, headers }));
      const runs = await stage.serving.runs("app", OPERATOR);
      const checks = {
        "each is answered 401": answers.every(({ status, text }) => status === 401 && text === ""),
        "nothing is begun": runs.length === 0,
      };
      return verdict("401 to each", checks, count(runs.length, "run"));
    },
  },
  {
    id: "S26",
    injected: "a webhook is sent three times, also once its run has ended",
    required: "one run",
    players: "slipway",
    play: async () => {
      await using source = await startRegistry();
      await source.put("app", await randomImage({ seed: "S26" }), "1.0");
      await using stage = await DaemonStage.open({ config: HOOK + mirrorOf(source.host) });
      const body = bodyOf(source.host);
      const headers = signed(randomUUID(), secondsNow(), body, SECRET);
      const send = () => stage.ask("/hooks/ci", { method: "POST", body, headers });
      const answers = [await send(), await send()];
      await stage.serving.line(({ event }) => event === "job-ended" || event === "job-failed");
      answers.push(await send());
      const runs = await stage.serving.runs("app", OPERATOR);
      const checks = {
        "each is answered 202": answers.every(({ status }) => status === 202),
        "there is one run": runs.length === 1,
      };
      return verdict("taken once", checks, count(runs.length, "run"));
    },
  },
  {
    id: "S27",
    injected: "a page elsewhere has its name lead to the daemon on loopback (DNS rebinding): Host is that name",
    required: "403, whatever is asked for",
    players: "slipway",
    play: async () => {
      await using stage = await DaemonStage.open({ config: NO_MIRRORS });
      const paths = ["/", "/status.json", "/metrics", "/api/v1/overview"];
      const statuses = [];
      for (const path of paths) statuses.push(await statusAs("evil.example", (await stage.serving.url()) + path));
      const checks = { "each is answered 403": statuses.every((status) => status === 403) };
      return verdict("403 to each", checks);
    },
  },
  {
    id: "S28",
    injected: "a page elsewhere has a browser post to the daemon, with the cookie of a login",
    required: "refused; the cookie is for this site alone",
    players: "slipway",
    play: async () => {
      await using source = await startRegistry();
      await using stage = await DaemonStage.open({ config: mirrorOf(source.host) });
      const json = { "content-type": "application/json" };
      const body = JSON.stringify({ token: OPERATOR });
      const own = { origin: await stage.serving.url(), "sec-fetch-site": "same-origin" };
      const login = await stage.ask("/api/v1/session", { method: "POST", headers: { ...json, ...own }, body });
      const set = login.headers.get("set-cookie") ?? "";
      const [cookie = ""] = set.split(";");
      const origin = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
      const headers = { ...json, ...origin, cookie };
      const answer = await stage.ask("/api/v1/mirrors/app/sync", { method: "POST", headers, body: "{}" });
      const runs = await stage.serving.runs("app", OPERATOR);
      const checks = {
        "the login works": login.status < 300 && cookie !== "",
        "the cookie is SameSite=Strict and HttpOnly": /SameSite=Strict/i.test(set) && /HttpOnly/i.test(set),
        "it is answered 403": answer.status === 403,
        "nothing is begun": runs.length === 0,
      };
      return verdict("403", checks, count(runs.length, "run"));
    },
  },
  {
    id: "S29",
    injected: "HTML in what a badge and a page are asked to show",
    required: "escaped; no script runs that is not the daemon's own",
    players: "slipway",
    play: async () => {
      await using source = await startRegistry();
      await using stage = await DaemonStage.open({ config: mirrorOf(source.host) });
      const attack = encodeURIComponent('"><script>alert(1)</script>');
      const badge = await stage.ask(`/badge/app.svg?label=${attack}`);
      const page = await stage.ask(`/${attack}`);
      const policies = [badge, page].map(({ headers }) => headers.get("content-security-policy") ?? "");
      const checks = {
        "the badge is there": badge.status === 200 && badge.text.includes("&lt;script&gt;"),
        "nothing comes back as a tag": !badge.text.includes("<script>"),
        "what repeats it is no page": page.status === 404 && isData(page.headers),
        "only its own scripts run": policies.every((policy) => policy !== "" && !policy.includes("unsafe-")),
      };
      return verdict("escaped", checks);
    },
  },
  {
    id: "S30",
    injected: "passwords that others would have as a default, and none, on a daemon that has just begun",
    required: "none works; the first start makes a token of its own",
    players: "slipway",
    play: async () => {
      const setting = { config: NO_MIRRORS, env: { SLIPWAY_TOKEN: "" } };
      await using one = await DaemonStage.open(setting);
      await using other = await DaemonStage.open(setting);
      const tokens = [one, other].map(({ serving }) => /\S{24,}/.exec(serving.printed)?.[0] ?? "");
      const guesses = [undefined, "admin", "password", "slipway", "changeme", "token"];
      const statuses = [];
      for (const token of guesses) statuses.push((await one.ask("/api/v1/overview", { token })).status);
      const right = await one.ask("/api/v1/overview", { token: tokens[0] });
      const checks = {
        "no guess works": statuses.every((status) => status === 401),
        "the token that it printed does": right.status === 200,
        "each has its own": tokens.every((token) => token !== "") && new Set(tokens).size === tokens.length,
      };
      return verdict("a random token, printed once", checks);
    },
  },
];

/** Whether no browser takes an answer for a page. */
function isData(headers: Headers): boolean {
  return headers.get("content-type") === "application/json" && headers.get("x-content-type-options") === "nosniff";
}

function mirrorOf(host: string): string {
  return `mirrors: [{ name: app, from: ${host}/app, to: ${host}/copy }]\n`;
}

function bodyOf(host: string): string {
  return JSON.stringify({ repository: `${host}/app`, tag: "1.0" });
}

function secondsNow(): number {
  return Math.floor(Date.now() / 1000);
}

function signed(id: string, seconds: number, body: string, secret: string) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": webhookSignature(id, seconds, body, secret),
  };
}

/** `fetch` sets Host by itself. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

async function listening(answer: () => string): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((_, response) => response.end(answer()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("it has no port");
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
