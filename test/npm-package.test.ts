import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { type Folder, randomImage, startDockerRegistry, temporaryFolder } from "../src/testing/index.ts";
import { ROOT } from "./house/sources.ts";
import { assertHolds, publish } from "./support/images.ts";
import { type Installed, installPackage } from "./support/installed.ts";

const execute = promisify(execFile);
const DOORS = Object.keys(manifest.exports).filter((door) => door !== "./package.json");

let folder: Folder;
let installed: Installed;

before(async () => {
  folder = await temporaryFolder("npm-package");
  installed = await installPackage(folder.path);
});
after(() => folder.remove());

const environment = () => ({ PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder.path, LC_ALL: "C" });

function slipway(...args: readonly string[]) {
  return execute(installed.command, args, { cwd: folder.path, env: environment() });
}

test("the package holds JavaScript, declarations and what is read at run time; no test, and nothing of development", async () => {
  const { stdout } = await execute("tar", ["--list", "--file", installed.tarball]);
  const files = stdout.trim().split("\n");
  const unknown = files.filter(
    (file) => !/\.(?:js|d\.ts|md|json|html|css|svg|woff2?|webmanifest)$|\/(?:LICENSE|bin\/slipway)$/.test(file),
  );
  assert.deepEqual(unknown, []);
  assert.deepEqual(
    files.filter((file) => /\.test\.|\/(?:test|scripts|bench|faults)\//.test(file)),
    [],
  );
  for (const file of [
    "README.md",
    "LICENSE",
    "command/LICENSES.md",
    "schema/slipway.schema.json",
    "web/dist/site/index.html",
    "web/dist/dashboard/index.html",
  ]) {
    assert.ok(files.includes(`package/${file}`), file);
  }
  const packed = JSON.parse(await readFile(join(installed.packed, "package.json"), "utf8"));
  assert.deepEqual(packed.dependencies, manifest.dependencies);
  assert.deepEqual([packed.devDependencies, packed.scripts], [undefined, undefined]);
});

test("npm-shrinkwrap.json names what was tested, version by version, and all that is installed", async () => {
  const packagesIn = async (file: string) => JSON.parse(await readFile(file, "utf8")).packages;
  const tested = await packagesIn(join(ROOT, "package-lock.json"));
  const { "": _, ...named } = await packagesIn(join(installed.packed, "npm-shrinkwrap.json"));
  for (const [path, entry] of Object.entries(named)) assert.deepEqual(entry, tested[path], path);
  const there = await packagesIn(join(installed.folder, "node_modules/.package-lock.json"));
  const others = Object.keys(there).filter((path) => path !== "node_modules/slipway");
  assert.deepEqual(
    others.filter((path) => !(path in named)),
    [],
  );
  for (const name of Object.keys(manifest.dependencies)) assert.ok(others.includes(`node_modules/${name}`), name);
});

test("slipway --version, and an image from one registry to another", async () => {
  assert.equal((await slipway("--version")).stdout, `${manifest.version}\n`);
  await using source = await startDockerRegistry();
  await using destination = await startDockerRegistry();
  const image = await randomImage({ seed: "npm package" });
  await publish(source, "team/app", { v1: image });
  await slipway("copy", `${source.host}/team/app:v1`, `${destination.host}/mirror/app`);
  await assertHolds({ host: destination.host, repository: "mirror/app" }, { v1: image });
});

test("slipway serve answers with its dashboard, and ends when it is told to", async () => {
  const mirror = "{ from: registry.example.com/a, to: registry.example.com/b, every: 1h }";
  await writeFile(join(folder.path, "slipway.yaml"), `version: 1\nmirrors: [${mirror}]\n`);
  const args = ["serve", "--listen", "127.0.0.1:0"];
  const serving = spawn(installed.command, args, { cwd: folder.path, env: environment(), timeout: 60_000 });
  let url: string | undefined;
  for await (const line of createInterface(serving.stderr)) {
    ({ url } = JSON.parse(line));
    if (url !== undefined) break;
  }
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  const page = await fetch(`${url}/`);
  assert.match(`${page.status} ${page.headers.get("content-type")}`, /^200 text\/html/);
  const closed = once(serving, "close");
  serving.kill("SIGTERM");
  assert.deepEqual(await closed, [0, null]);
});

test("a Node that is too old says so", async () => {
  const entry = pathToFileURL(join(installed.folder, "node_modules/slipway/command/installed.js")).href;
  const old = 'Object.defineProperty(process.versions, "node", { value: "22.1.0" });';
  const args = ["--input-type=module", "--eval", `${old} await import(process.argv[1]);`, entry];
  const ended = await execute(process.execPath, args).catch((error) => error);
  assert.deepEqual([ended.code, ended.stdout], [1, ""]);
  assert.equal(ended.stderr, "slipway: it needs Node 24.15 or later, and this is 22.1.0\n");
});

test("every door opens to the same names as in a checkout, from JavaScript", async () => {
  const names = DOORS.map((door) => `"${door}": Object.keys(await import("${door.replace(".", "slipway")}"))`);
  await writeFile(join(installed.folder, "doors.js"), `console.log(JSON.stringify({ ${names.join(", ")} }));\n`);
  const { stdout } = await execute(process.execPath, ["doors.js"], { cwd: installed.folder, env: environment() });
  const here = DOORS.map(async (door) => [door, Object.keys(await import(door.replace(".", "slipway")))]);
  assert.deepEqual(JSON.parse(stdout), Object.fromEntries(await Promise.all(here)));
});

test("a TypeScript program has its types", async () => {
  const program = `import { copyImages } from "slipway/copy";
import { SlipwayError } from "slipway/errors";
import { type Digest, parseReference } from "slipway/oci";
import { createRegistry } from "slipway/registry";
import { LayoutTarget } from "slipway/target";
import { startRegistry } from "slipway/testing";
export const digest: Digest = "sha256:00";
// @ts-expect-error: a digest is text of a certain form
export const number: Digest = 1;
// @ts-expect-error: what is parsed is no text any more
export const text: string = parseReference("docker.io/library/busybox:1");
console.log(copyImages, SlipwayError, createRegistry, LayoutTarget, startRegistry);
`;
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2024", lib: ["es2024", "esnext.disposable"], strict: true, noEmit: true },
    ...{ types: ["node"], typeRoots: [join(ROOT, "node_modules/@types")] },
  };
  await writeFile(join(installed.folder, "program.ts"), program);
  await writeFile(join(installed.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const ended = await execute(join(ROOT, "node_modules/.bin/tsc"), ["--project", installed.folder]).catch(
    (error) => error,
  );
  assert.equal(ended.stdout, "");
});
