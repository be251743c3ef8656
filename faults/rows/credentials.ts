import { cosignSignature, cosignTag } from "../../src/testing/index.ts";
import { bytesAtMost, count, MiB } from "../figures.ts";
import { type Checks, named, type Row, together, verdict } from "../row.ts";
import { type Decoy, startDecoy } from "../stage/decoy.ts";
import { Ends, REPOSITORY } from "../stage/ends.ts";
import { loginsFor, USER, withTokens } from "../stage/logins.ts";

const REFUSED = /REALM_REFUSED/;

/** Who gets to see a password, and where tokens come from. */
export const credentials: readonly Row[] = [
  {
    id: "S1",
    injected:
      "the registry names a token server at another loopback address, with a user name, at the metadata address",
    required: "refused; that address sees no request",
    players: "all",
    play: async (player) => {
      await using decoy = await startDecoy();
      const realms = [`${decoy.origin}/token`, `${decoy.origin.replace("//", "//user:password@")}/token`];
      // a real one may be there: only who is known to refuse is pointed at it
      if (player.kind === "slipway") realms.push("http://169.254.169.254/latest/meta-data", "http://[::1]:1/token");
      let checks: Checks = {};
      for (const realm of realms) {
        await using ends = await Ends.open({ source: withTokens({ realm }) });
        const run = await player.copy(ends, loginsFor(ends.source));
        checks = together(checks, named(new URL(realm).host, ends.refused(player, run, REFUSED)));
      }
      return verdict("refused", { ...checks, ...unseen(decoy) }, seen(decoy));
    },
  },
  {
    id: "S3",
    injected: "the token server of a private registry is that registry",
    required: "used",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open({ source: withTokens() });
      const run = await player.copy(ends, loginsFor(ends.source));
      const checks = {
        ...ends.copied(run),
        "a token is asked for": ends.source.requests.count(undefined, "token") > 0,
      };
      return verdict("used", checks);
    },
  },
  {
    id: "S4",
    injected: "the token server is at an unrelated host; then `realm` under `hosts:` allows that",
    required: "refused; used once a person has allowed it",
    players: "slipway",
    play: async (slipway) => {
      await using ends = await Ends.open({ source: withTokens() });
      const realm = `${ends.source.origin.replace("127.0.0.1", "localhost")}/token`;
      const challenge = `Bearer realm="${realm}",service="slipway-test-registry",scope="repository:${REPOSITORY}:pull"`;
      ends.source.faults.add({ effect: { kind: "headers", headers: { "www-authenticate": challenge } } });
      const logins = loginsFor(ends.source);
      const refused = await slipway.copy(ends, logins);
      const checks = {
        ...ends.refused(slipway, refused, REFUSED),
        "no token is asked for": ends.source.requests.count(undefined, "token") === 0,
      };
      const config = JSON.stringify({ version: 1, hosts: { [ends.source.host]: { realm } } });
      const allowed = await slipway.copy(ends, { ...logins, files: { "slipway.yaml": config } });
      return verdict("refused, then allowed", together(checks, ends.copied(allowed)));
    },
  },
  {
    id: "S5",
    injected: "the token server redirects to another address",
    required: "not followed",
    players: "all",
    play: async (player) => {
      await using decoy = await startDecoy();
      await using ends = await Ends.open({ source: withTokens() });
      const effect = { kind: "status", status: 307, headers: { location: `${decoy.origin}/token` } } as const;
      ends.source.faults.add({ kind: "token", effect });
      const run = await player.copy(ends, loginsFor(ends.source));
      const checks = { ...ends.refused(player, run, /REGISTRY_ANSWER|REDIRECT_REFUSED/), ...unseen(decoy) };
      return verdict("failed", checks, seen(decoy));
    },
  },
  {
    id: "S21",
    injected:
      "Docker's configuration names a credential helper that is missing, or fails, and holds a password as well",
    required: "fails and names the helper; no other credential is tried in its place",
    players: "all",
    play: async (player) => {
      let checks: Checks = {};
      let passwords = 0;
      for (const helper of ["absent", "failing"]) {
        await using ends = await Ends.open({ source: withTokens() });
        const { host } = ends.source;
        const auth = Buffer.from(`${USER.username}:${USER.password}`).toString("base64");
        const config = JSON.stringify({ auths: { [host]: { auth } }, credHelpers: { [host]: helper } });
        const path = `${import.meta.dirname}/../stage/helpers:${process.env.PATH ?? ""}`;
        const files = { "../home/.docker/config.json": config };
        const run = await player.copy(ends, { files, env: { PATH: path } });
        const sent = [...ends.source.requests].filter(({ authorization }) => authorization === "basic");
        passwords += sent.length;
        checks = {
          ...checks,
          ...named(helper, ends.refused(player, run, new RegExp(`docker-credential-${helper}`))),
          [`${helper}: no password is sent`]: sent.length === 0,
          [`${helper}: exit code 4`]: player.kind === "peer" || run.code === 4,
        };
      }
      return verdict("failed and named the helper", checks, count(passwords, "password"));
    },
  },
  {
    id: "S22",
    injected: "logins are there for the same host at another port, without a port, and with a longer name",
    required: "host and port must be the same: none is used",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open({ source: withTokens() });
      const { host } = ends.source;
      const others = [
        `${host}0`,
        host.slice(0, -1),
        "127.0.0.1",
        `${host}.example.com`,
        `localhost:${host.split(":")[1]}`,
      ];
      const logins = Object.fromEntries(others.map((other) => [other, USER]));
      const run = await player.copy(ends, { logins });
      const sent = [...ends.source.requests].filter(({ authorization }) => authorization === "basic");
      const checks = {
        ...ends.refused(player, run, /UNAUTHORIZED|DENIED|REPOSITORY_UNKNOWN/),
        "no password is sent": sent.length === 0,
      };
      return verdict("none was used", checks, count(sent.length, "password"));
    },
  },
  {
    id: "F23",
    injected: "the source's token expires in the middle of a layer, which is then cut",
    required: "renewed, and goes on from there",
    players: "all",
    play: async (player) => {
      await using ends = await Ends.open({ source: withTokens({ expiresInSeconds: 1 }) });
      ends.addToLayer({ when: { first: 1 }, effect: { kind: "cut", of: "response", afterBytes: 2 * MiB } });
      ends.addToLayer({ when: { first: 1 }, effect: { kind: "slow", of: "response", bytesPerSecond: MiB } });
      const run = await player.copy(ends, loginsFor(ends.source));
      const checks = {
        ...ends.copied(run),
        "a token is renewed": ends.source.requests.count(undefined, "token") >= 2,
        "at most 1 MiB is read twice": ends.readTwice <= MiB,
      };
      return verdict("renewed, went on", checks, `${bytesAtMost(ends.readTwice)} read twice`);
    },
  },
  {
    id: "F27",
    injected: "the destination refuses a signature",
    required: "that destination is incomplete: it fails and says so, and the tag is not put",
    players: "slipway",
    play: async (slipway) => {
      await using ends = await Ends.open();
      await ends.source.put(REPOSITORY, cosignSignature(ends.image.root), cosignTag(ends.image.root));
      const effect = { kind: "status", status: 403 } as const;
      ends.destination.faults.add({ method: "PUT", path: /sha256-.*\.sig$/, effect });
      const run = await slipway.run(["copy", "--referrers", ends.from, ends.to]);
      return verdict("failed; the tag was not put", ends.refused(slipway, run, /DENIED/), ends.tags);
    },
  },
];

function unseen(decoy: Decoy): Checks {
  return { "the other address sees nothing": decoy.seen.length === 0 };
}

function seen(decoy: Decoy): string {
  return `${count(decoy.seen.length, "request")} there`;
}
