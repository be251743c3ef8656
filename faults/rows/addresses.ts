import { makeAuthority, startRecordingProxy } from "../../src/testing/index.ts";
import { count } from "../figures.ts";
import { type Checks, named, type Row, together, verdict } from "../row.ts";
import { startDecoy } from "../stage/decoy.ts";
import { Ends, imageOf, REPOSITORY, TAG } from "../stage/ends.ts";
import { loginsFor, withTokens } from "../stage/logins.ts";
import { foreignLayer } from "../stage/rework.ts";

/** A name that no DNS knows: it counts as public, and only a proxy leads there. */
const PUBLIC_NAME = "registry.example.test";

/** All that a request may bring to an address that a registry named. */
const HARMLESS = ["host", "connection", "user-agent", "accept", "accept-encoding", "range", "referer"];

/** Where a registry may lead a client. */
export const addresses: readonly Row[] = [
  {
    id: "S2",
    injected: "a public registry's token server, and a blob's redirect, have names that resolve to this machine",
    required: "the address is looked at when it is connected to, and refused",
    players: "slipway",
    play: async (slipway) => {
      await using authority = await makeAuthority([PUBLIC_NAME]);
      await using decoy = await startDecoy({ address: "127.0.0.1" });
      const inside = `https://localhost:${decoy.port}`;
      const anybody = { kind: "token", users: {}, expiresInSeconds: 300, allow: () => true } as const;
      let checks: Checks = {};
      for (const what of ["realm", "redirect"]) {
        const auth = what === "realm" ? { auth: { ...anybody, realm: `${inside}/token` } } : {};
        await using ends = await Ends.open({ source: { tls: authority.server, ...auth } });
        const effect = { kind: "status", status: 307, headers: { location: `${inside}/blob` } } as const;
        if (what === "redirect") ends.source.faults.add({ kind: "blob", effect });
        await using proxy = await startRecordingProxy({ hosts: { [PUBLIC_NAME]: ends.source.host } });
        const config = JSON.stringify({ version: 1, hosts: { [PUBLIC_NAME]: { ca: "ca.pem" } } });
        const files = { "slipway.yaml": config, "ca.pem": authority.ca };
        const from = `${PUBLIC_NAME}/${REPOSITORY}:${TAG}`;
        const run = await slipway.copy({ from, to: ends.to }, { files, env: { HTTPS_PROXY: proxy.origin } });
        checks = together(checks, named(what, ends.refused(slipway, run, /ADDRESS_REFUSED/)));
      }
      checks = together(checks, { "nobody connects to that address": decoy.connections === 0 });
      return verdict("refused", checks, count(decoy.connections, "connection"));
    },
  },
  {
    id: "S6",
    injected: "the destination sends an upload to another host, and from TLS to plain HTTP",
    required: "no password leaves the registry; no downgrade",
    players: "all",
    lasts: 25,
    play: async (player) => {
      await using decoy = await startDecoy();
      const sendsAway = (destination: Ends["destination"]) => {
        const headers = { location: `${decoy.origin}/upload?state=1` };
        destination.faults.add({ method: "POST", kind: "upload", effect: { kind: "status", status: 202, headers } });
      };
      await using ends = await Ends.open({ destination: withTokens() });
      sendsAway(ends.destination);
      const run = await player.copy(ends, loginsFor(ends.destination));
      const authorized = decoy.seen.filter(({ headers }) => headers.authorization !== undefined);
      let checks: Checks = {
        "nothing is tagged": !ends.copied(run)["the tag has the source's digest"],
        "no password or token goes there": authorized.length === 0,
      };
      if (player.kind === "slipway") {
        const before = decoy.seen.length;
        await using authority = await makeAuthority();
        await using secure = await Ends.open({ destination: { tls: authority.server } });
        sendsAway(secure.destination);
        const config = JSON.stringify({ version: 1, hosts: { [secure.destination.host]: { ca: "ca.pem" } } });
        const refused = await player.copy(secure, { files: { "slipway.yaml": config, "ca.pem": authority.ca } });
        checks = together(checks, secure.refused(player, refused, /REDIRECT_REFUSED|plain HTTP/), {
          "nothing goes from TLS to plain HTTP": decoy.seen.length === before,
        });
      }
      return verdict(
        "went there without credentials; the downgrade was refused",
        checks,
        count(authorized.length, "credential"),
      );
    },
  },
  {
    id: "S7",
    injected: "a blob is redirected to the same host at another port, and to another host",
    required: "none of the caller's headers goes there",
    players: "all",
    play: async (player) => {
      await using decoy = await startDecoy();
      await using near = await Ends.open({ source: { ...withTokens(), redirectBlobs: true } });
      const run = await player.copy(near, loginsFor(near.source));
      const stored = near.source.requests.of("GET", "storage").map(({ headers }) => headers);
      await using far = await Ends.open({ source: withTokens() });
      const headers = { location: `${decoy.origin}/blob` };
      far.source.faults.add({ method: "GET", kind: "blob", effect: { kind: "status", status: 307, headers } });
      await player.copy(far, loginsFor(far.source));
      const arrived = [...stored, ...decoy.seen.map((request) => request.headers)];
      const ours = arrived.flatMap((one) => Object.keys(one)).filter((name) => !HARMLESS.includes(name));
      const checks = {
        ...near.copied(run),
        "both redirects are followed": stored.length > 0 && decoy.seen.length > 0,
        "none of the caller's headers goes there": ours.length === 0,
      };
      return verdict("followed with a bare request", checks, count(new Set(ours).size, "header"));
    },
  },
  {
    id: "S8",
    injected: "a layer is foreign: the manifest names an address where it is said to be",
    required: "not fetched unless asked; never with credentials",
    players: "all",
    play: async (player) => {
      await using decoy = await startDecoy();
      const image = foreignLayer(await imageOf(4096), `${decoy.origin}/layer`);
      await using ends = await Ends.open({ image, source: withTokens() });
      const run = await player.copy(ends, loginsFor(ends.source));
      const { "it ends well": isWell } = ends.copied(run);
      const checks = { "it ends well": isWell ?? false, "that address sees nothing": decoy.seen.length === 0 };
      return verdict("left where it is", checks, `${count(decoy.seen.length, "request")} there`);
    },
  },
];
