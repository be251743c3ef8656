import assert from "node:assert/strict";
import { once } from "node:events";
import { readdir, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { bodyOf, collect } from "./bytes.ts";
import { openDockerDaemon } from "./docker-daemon.ts";
import { DockerEngine } from "./docker-engine.ts";
import { dockerHost } from "./docker-host.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** An engine that says what a test wants it to say. */
async function engine(context: TestContext, listener: RequestListener): Promise<DockerEngine> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return new DockerEngine(await dockerHost({ DOCKER_HOST: `tcp://127.0.0.1:${address.port}` }));
}

describe("the engine's API", () => {
  it("moves archives both ways", async (context) => {
    const asked: string[] = [];
    let loaded = "";
    const docker = await engine(context, async (request, answer) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.method === "GET") return answer.end("archive");
      for await (const chunk of request) loaded += chunk;
      answer.end(`{"stream":"Loaded image"}\n`);
    });
    assert.equal(Buffer.from(await collect(docker.save("docker.io/library/busybox:1"), 100)).toString(), "archive");
    await docker.load(bodyOf(Buffer.from("another")));
    assert.equal(loaded, "another");
    assert.deepEqual(asked, ["GET /images/docker.io%2Flibrary%2Fbusybox%3A1/get", "POST /images/load?quiet=1"]);
  });

  it("reports what the engine says", async (context) => {
    const docker = await engine(context, (request, answer) => {
      request.resume();
      if (request.method === "POST")
        return answer.end(`{"errorDetail":{"message":"x"},"error":"no \\"space\\" left"}\n`);
      answer.writeHead(request.url?.includes("missing") ? 404 : 500).end(`{"message":"broken"}`);
    });
    await assert.rejects(collect(docker.save("missing"), 100), { code: "MANIFEST_UNKNOWN" });
    await assert.rejects(collect(docker.save("other"), 100), { code: "DAEMON_ANSWER", message: /500 .*broken/ });
    await assert.rejects(docker.load(bodyOf(Buffer.from("x"))), { code: "DAEMON_ANSWER", message: /space/ });
  });

  it("reports an answer that is cut, and keeps the error of who receives or gives", async (context) => {
    const docker = await engine(context, (request, answer) => {
      request.resume();
      if (request.url?.includes("cut")) answer.write("some", () => answer.destroy());
      else answer.end("all");
    });
    await assert.rejects(collect(docker.save("cut"), 100), { code: "DAEMON_UNREACHABLE" });
    await assert.rejects(collect(docker.save("whole"), 1), RangeError);
    const broken = async () => {
      throw new Error("the source broke");
    };
    await assert.rejects(
      docker.load(broken),
      (thrown) => thrown instanceof Error && /the source broke/.test(String(thrown.message)),
    );
  });

  it("names the socket where nothing listens", async (context) => {
    const folder = await temporaryFolder(context);
    const environment = { DOCKER_HOST: `unix://${join(folder, "none.sock")}` };
    await assert.rejects(openDockerDaemon("test", "busybox", { temporaryFolder: folder, environment }), {
      code: "DAEMON_UNREACHABLE",
      message: `no Docker engine answers at ${environment.DOCKER_HOST}: ENOENT`,
    });
    assert.deepEqual(await readdir(folder), []);
  });
});

describe("the engine's address", () => {
  it("is that of the docker command", async (context) => {
    const folder = await temporaryFolder(context);
    for (const name of ["ca.pem", "cert.pem", "key.pem"]) await writeFile(join(folder, name), name);
    const optionsOf = async (environment: Record<string, string>) => (await dockerHost(environment)).options;
    assert.deepEqual(await optionsOf({}), { socketPath: "/var/run/docker.sock" });
    assert.deepEqual(await optionsOf({ DOCKER_HOST: "unix:///run/a.sock" }), { socketPath: "/run/a.sock" });
    assert.deepEqual(await optionsOf({ DOCKER_HOST: "tcp://10.0.0.1:99" }), { host: "10.0.0.1", port: "99" });
    assert.deepEqual(await optionsOf({ DOCKER_HOST: "tcp://[::1]" }), { host: "::1", port: 2375 });
    const tls = await optionsOf({ DOCKER_HOST: "tcp://d", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: folder });
    assert.equal(tls.port, 2376);
    assert.equal(String(tls.ca), "ca.pem");
    assert.equal(String(tls.key), "key.pem");
    await assert.rejects(dockerHost({ DOCKER_HOST: "ssh://host" }), { code: "DAEMON_UNREACHABLE" });
    await assert.rejects(dockerHost({ DOCKER_HOST: "tcp://d", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/nowhere" }), {
      code: "STORAGE_FAILED",
    });
  });
});
