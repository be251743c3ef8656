import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  attestationOf,
  indexOf,
  type RegistryOptions,
  randomImage,
  referrerTo,
  skopeoCopy,
  startRegistry,
  type TestRegistry,
  temporaryFolder,
} from "../testing/index.ts";
import type { OutcomeJson, Report } from "./report/report.ts";
import { run } from "./run.ts";

const ACR: RegistryOptions = { refuses: ["artifacts", "nested-indexes"] };
const WRITES = ["POST", "PUT", "PATCH", "DELETE"];

const [amd64, arm64] = await Promise.all(
  ["amd64", "arm64"].map((architecture) =>
    randomImage({ seed: `adapt ${architecture}`, platform: { os: "linux", architecture } }),
  ),
);
assert.ok(amd64 !== undefined && arm64 !== undefined);
const provenance = attestationOf(amd64.root, { seed: "adapt" });
const attested = indexOf([amd64, provenance, arm64]);
const nested = indexOf([indexOf([amd64, provenance]), arm64]);

/** Runs a command line as main.ts does, with its report. */
async function slipway(...argv: readonly string[]) {
  const written = { out: "", err: "" };
  const exit = await run([...argv, "--json"], {
    environment: { PATH: "", LANG: "C" },
    out: { write: (text) => (written.out += String(text)) },
    err: { write: (text) => (written.err += String(text)) },
    signal: new AbortController().signal,
    version: "1.2.3",
  });
  const report: Report = JSON.parse(written.out);
  return { exit, outcomes: report.outcomes, ...written };
}

function only(outcomes: readonly OutcomeJson[]): OutcomeJson {
  assert.equal(outcomes.length, 1);
  const [outcome] = outcomes;
  assert.ok(outcome !== undefined);
  return outcome;
}

function writesOf({ requests }: TestRegistry): number {
  return WRITES.reduce((sum, method) => sum + requests.count(method), 0);
}

test("adapt: a destination that refuses an attestation fails by itself, and says what, why and what to do", async () => {
  await using source = await startRegistry();
  await using acr = await startRegistry(ACR);
  await using other = await startRegistry();
  await using third = await startRegistry();
  await source.put("a/b", attested, "v1");
  const to = [other, acr, third].map(({ host }) => `${host}/a/b`);
  const { exit, outcomes } = await slipway("copy", `${source.host}/a/b:v1`, ...to);
  assert.equal(exit, 3);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["copied", "failed", "copied"],
  );
  const { code, message, hint, retryable } = outcomes[1]?.error ?? {};
  assert.equal(code, "ATTESTATION_REFUSED");
  assert.ok(message?.includes(provenance.root.digest), message);
  assert.match(message ?? "", /DENIED unknown manifest class for application\/vnd\.oci\.empty\.v1\+json/);
  assert.match(hint ?? "", /--adapt.*adapt: true.*provenance: false/);
  assert.equal(retryable, false);
  assert.deepEqual(acr.tags("a/b"), {});
  for (const { tags } of [other, third].map((registry) => ({ tags: registry.tags("a/b") }))) {
    assert.deepEqual(tags, { v1: attested.root.digest });
  }
});

test("adapt: with --adapt the images arrive, the other digest is told, and a second run writes nothing", async () => {
  await using source = await startRegistry();
  await using acr = await startRegistry(ACR);
  await using other = await startRegistry();
  await source.put("a/b", attested, "v1");
  const copy = () => slipway("copy", "--adapt", `${source.host}/a/b:v1`, `${acr.host}/a/b`, `${other.host}/a/b`);
  const first = await copy();
  assert.equal(first.exit, 0, first.err);
  const [adapted, whole] = first.outcomes;
  assert.equal(whole?.digest, attested.root.digest);
  assert.equal(whole?.adapted, undefined);
  assert.notEqual(adapted?.digest, attested.root.digest);
  assert.equal(acr.tags("a/b").v1, adapted?.digest);
  assert.equal(adapted?.adapted?.from, attested.root.digest);
  assert.deepEqual(adapted?.adapted?.changes, ["attestations"]);
  assert.deepEqual(
    adapted?.adapted?.leftOut.map(({ digest }) => digest),
    [provenance.root.digest],
  );
  const index = JSON.parse(Buffer.from(acr.manifest("a/b", "v1")?.bytes ?? "").toString());
  assert.deepEqual(
    index.manifests.map(({ digest }: { digest: string }) => digest),
    [amd64.root.digest, arm64.root.digest],
  );
  for (const registry of [source, acr, other]) registry.requests.clear();
  const second = await copy();
  assert.deepEqual(
    second.outcomes.map(({ status, reason, digest }) => [status, reason, digest]),
    [
      ["skipped", "in-step", adapted?.digest],
      ["skipped", "in-step", attested.root.digest],
    ],
  );
  assert.deepEqual(second.outcomes[0]?.adapted, adapted?.adapted);
  assert.equal(writesOf(acr) + writesOf(other), 0);
  assert.ok(source.requests.length + acr.requests.length + other.requests.length <= 7);
});

test("adapt: what was adapted can be pulled", async () => {
  await using source = await startRegistry();
  await using acr = await startRegistry(ACR);
  await using folder = await temporaryFolder("adapt");
  await source.put("a/b", nested, "v1");
  const { exit, outcomes } = await slipway("copy", "--adapt", `${source.host}/a/b:v1`, `${acr.host}/a/b`);
  assert.equal(exit, 0);
  assert.deepEqual(only(outcomes).adapted?.changes, ["nesting", "attestations"]);
  await skopeoCopy({ reference: `docker://${acr.host}/a/b:v1` }, { reference: `oci:${join(folder.path, "image")}:v1` });
});

test("adapt: a nested index is one of its own kinds of refusal", async () => {
  await using source = await startRegistry();
  await using flat = await startRegistry({ refuses: ["nested-indexes"] });
  await source.put("a/b", nested, "v1");
  const argv = ["copy", `${source.host}/a/b:v1`, `${flat.host}/a/b`];
  assert.equal(only((await slipway(...argv)).outcomes).error?.code, "NESTED_INDEX_REFUSED");
  const adapted = only((await slipway(...argv, "--adapt")).outcomes);
  assert.deepEqual(adapted.adapted?.changes, ["nesting"]);
  assert.deepEqual(adapted.adapted?.leftOut, []);
  flat.requests.clear();
  assert.equal(only((await slipway(...argv, "--adapt")).outcomes).reason, "in-step");
  assert.equal(writesOf(flat), 0);
});

test("adapt: a registry that knows Docker's types alone gets those", async () => {
  await using source = await startRegistry();
  await using old = await startRegistry({ refuses: ["oci"] });
  await source.put("a/b", attested, "v1");
  await source.put("a/b", amd64, "v2");
  const copy = (tag: string, ...flags: readonly string[]) =>
    slipway("copy", ...flags, `${source.host}/a/b:${tag}`, `${old.host}/a/b`);
  assert.match(only((await copy("v2")).outcomes).error?.code ?? "", /^MANIFEST_REFUSED$/);
  for (const tag of ["v1", "v2"]) {
    const adapted = only((await copy(tag, "--adapt")).outcomes);
    assert.equal(adapted.status, "copied", JSON.stringify(adapted));
    assert.ok(adapted.adapted?.changes.includes("media-types"));
    assert.match(old.manifest("a/b", tag)?.descriptor.mediaType ?? "", /vnd\.docker/);
    old.requests.clear();
    assert.equal(only((await copy(tag, "--adapt")).outcomes).reason, "in-step");
    assert.equal(writesOf(old), 0);
  }
});

test("adapt: what refers to an image is left out where it is refused, and the image keeps its digest", async () => {
  await using source = await startRegistry();
  await using acr = await startRegistry(ACR);
  await source.put("a/b", amd64, "v1");
  await source.put("a/b", referrerTo(amd64.root, { seed: "sbom", artifactType: "application/spdx+json" }));
  const argv = ["copy", "--referrers", `${source.host}/a/b:v1`, `${acr.host}/a/b`];
  assert.equal(only((await slipway(...argv)).outcomes).error?.code, "REFERRER_REFUSED");
  const adapted = only((await slipway(...argv, "--adapt")).outcomes);
  assert.equal(adapted.digest, amd64.root.digest);
  assert.deepEqual(adapted.adapted?.changes, ["referrers"]);
  acr.requests.clear();
  const again = only((await slipway(...argv, "--adapt")).outcomes);
  assert.equal(again.reason, "in-step");
  assert.deepEqual(again.adapted, adapted.adapted);
  assert.deepEqual(
    [...acr.requests].filter(({ status, method }) => method !== "HEAD" && method !== "GET" && status < 400),
    [],
  );
});

test("adapt: a hundred images do not try a hundred times what is refused", async () => {
  await using source = await startRegistry();
  await using acr = await startRegistry(ACR);
  for (let at = 0; at < 100; at += 1) {
    const beside = attestationOf(amd64.root, { seed: `attestation ${at}` });
    await source.put("a/b", indexOf([amd64, beside]), `v${at}`);
  }
  const { exit, outcomes } = await slipway("copy", "--all-tags", "--adapt", `${source.host}/a/b`, `${acr.host}/a/b`);
  assert.equal(exit, 0);
  assert.equal(outcomes.filter(({ adapted }) => adapted !== undefined).length, 100);
  const refused = [...acr.requests].filter(({ status }) => status === 403);
  assert.ok(refused.length <= 5, `${refused.length} were refused`);
});

test("adapt: a mirror, a registry and --adapt say it alike, and a mirror has the last word", async () => {
  await using source = await startRegistry();
  await using folder = await temporaryFolder("adapt");
  await source.put("a/b", attested, "v1");
  const config = join(folder.path, "slipway.yaml");
  const sync = async (registries: string, mirror: string, ...flags: readonly string[]) => {
    await using acr = await startRegistry(ACR);
    const from = `from: "${source.host}/a/b:v1", to: "${acr.host}/a/b"`;
    const text = `version: 1\nregistries: { acr: { image: "${acr.host}/a"${registries} } }\nmirrors: [{ ${from}${mirror} }]\n`;
    await writeFile(config, text);
    const { outcomes } = await slipway("sync", "-c", config, ...flags);
    const copied = await slipway("copy", "-c", config, `${source.host}/a/b:v1`, `${acr.host}/a/c`, ...flags);
    return [only(outcomes).status, only(copied.outcomes).status];
  };
  assert.deepEqual(await sync("", ""), ["failed", "failed"]);
  assert.deepEqual(await sync("", ", adapt: true"), ["copied", "failed"]);
  assert.deepEqual(await sync(", adapt: true", ""), ["copied", "copied"]);
  assert.deepEqual(await sync(", adapt: true", ", adapt: false"), ["failed", "copied"]);
  assert.deepEqual(await sync("", "", "--adapt"), ["copied", "copied"]);
});

test("adapt: a new image under the tag replaces what was adapted before", async () => {
  await using source = await startRegistry();
  await using acr = await startRegistry(ACR);
  const copy = async () =>
    only((await slipway("copy", "--adapt", `${source.host}/a/b:v1`, `${acr.host}/a/b`)).outcomes);
  await source.put("a/b", attested, "v1");
  const first = await copy();
  await source.put("a/b", indexOf([arm64, attestationOf(arm64.root, { seed: "next" })]), "v1");
  const second = await copy();
  assert.equal(second.status, "copied");
  assert.notEqual(second.digest, first.digest);
  assert.equal(acr.tags("a/b").v1, second.digest);
});
