import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { parseManifest } from "../oci/manifest.ts";
import { hostPlatform } from "./choose-platform.ts";
import { DockerEngine } from "./docker-engine.ts";
import { dockerHost } from "./docker-host.ts";
import { openDestination, openSource } from "./open.ts";
import { push, sampleImage } from "./sample-image.ts";
import { parsePlace } from "./transport.ts";

function place(text: string) {
  const parsed = parsePlace(text);
  return parsed.kind === "docker" ? assert.fail() : parsed;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    get({ socketPath, path: "/_ping" }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on("error", () => resolve(false));
  });
}

/** Debian: apt-get install docker.io. Needs root. */
describe("a Docker engine", () => {
  let engine: ChildProcess;
  let folder: string;
  let environment: { readonly DOCKER_HOST: string };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "slipway-dockerd-"));
    const socket = `unix://${join(folder, "docker.sock")}`;
    environment = { DOCKER_HOST: socket };
    engine = spawn(
      "dockerd",
      [
        ...["--iptables=false", "--bridge=none", "--storage-driver=vfs", "-H", socket],
        ...["--data-root", join(folder, "data"), "--exec-root", join(folder, "exec"), "--pidfile", join(folder, "pid")],
      ],
      { stdio: ["ignore", "ignore", "pipe"] },
    );
    let log = "";
    engine.stderr?.on("data", (chunk) => (log = (log + chunk).slice(-4000)));
    const ended = once(engine, "exit").then(() => true);
    for (let tries = 0; !(await answers(join(folder, "docker.sock"))); tries++) {
      if ((await Promise.race([ended, sleep(100)])) === true || tries > 300) {
        throw new Error(`dockerd does not start (apt-get install docker.io; it needs root):\n${log}`);
      }
    }
  });

  after(async () => {
    const ended = once(engine, "exit");
    engine.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  it("takes an image, and gives it back with the same configuration", async () => {
    const { architecture = "" } = hostPlatform();
    const image = await sampleImage(["one", "two"], { architecture });
    const destination = await openDestination(place("docker-daemon:slipway/sample:1.0"), { environment });
    await push(destination.target, image, destination.tag);
    await destination.target.close?.();

    const digest = image.blobs[0]?.[0].digest;
    for (const name of ["slipway/sample:1.0", digest]) {
      const source = await openSource(place(`docker-daemon:${name}`), { environment });
      const manifest = parseManifest(await source.target.manifest(await source.reference()));
      assert.ok(manifest.kind === "image");
      assert.equal(manifest.config.digest, digest);
      assert.equal(manifest.layers.length, 2);
      await source.target.close();
    }
  });

  it("says that it has no such image", async () => {
    await assert.rejects(openSource(place("docker-daemon:nobody/nothing:1"), { environment }), {
      code: "MANIFEST_UNKNOWN",
    });
  });

  it("says what it does not like about an archive", async () => {
    const docker = new DockerEngine(await dockerHost(environment));
    const garbage = async (sink: (chunk: Uint8Array) => unknown) => void (await sink(Buffer.alloc(10_000, 7)));
    await assert.rejects(docker.load(garbage), { code: "DAEMON_ANSWER" });
  });
});
