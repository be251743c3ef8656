import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ignoreFileName, stateInContext } from "./build-context.ts";

let root = "";
before(async () => {
  root = await mkdtemp(join(tmpdir(), "slipway-context-"));
});
after(() => rm(root, { recursive: true }));

/** Text of `.dockerignore`, and whether it leaves `.slipway` out. */
const IGNORED: readonly (readonly [text: string, leavesOut: boolean])[] = [
  ["", false],
  ["node_modules\n", false],
  [".slipway\n", true],
  [".slipway", true],
  ["/.slipway/\r\n", true],
  ["./.slipway", true],
  [".slipway/**", true],
  ["# .slipway", false],
  ["  .slipway  ", true],
  [".*", true],
  ["*", true],
  ["**/.slipway", true],
  ["**", true],
  ["*\n!src\n", true],
  ["*\n!.slipway\n", false],
  [".slipway\n!.slipway/layout\n", false],
  ["!.slipway\n.slipway\n", true],
  ["slipway", false],
  [".slip?ay", true],
  [".[s]lipway", true],
  ["a/.slipway", false],
  [".slipway/layout", true],
  [".{slipway,git}", false],
];

for (const [at, [text, leavesOut]] of IGNORED.entries()) {
  test(`.dockerignore of ${JSON.stringify(text)} ${leavesOut ? "leaves" : "does not leave"} the folder out`, async () => {
    const context = join(root, `ignored-${at}`);
    await mkdir(context);
    await writeFile(join(context, ".dockerignore"), text);
    const builder = { with: "docker", context, dockerfile: join(context, "Dockerfile") } as const;
    const found = await stateInContext(builder, join(context, ".slipway"));
    assert.deepEqual(found, leavesOut ? undefined : { file: join(context, ".dockerignore"), line: ".slipway" });
  });
}

const DOCKER = { context: ".", dockerfile: "Dockerfile", builder: "docker" } as const;

/** Where the folder is, what is there, and what has to be written where. */
const PLACES: readonly (readonly [
  what: string,
  builder: { readonly context: string; readonly dockerfile: string; readonly builder: "docker" | "buildah" },
  files: Readonly<Record<string, string>>,
  expected: readonly [file: string, line: string] | undefined,
])[] = [
  ["no file at all", DOCKER, {}, [".dockerignore", ".slipway"]],
  ["a context above the project", { ...DOCKER, context: ".." }, {}, ["../.dockerignore", "PROJECT/.slipway"]],
  ["a context above, left out", { ...DOCKER, context: ".." }, { "../.dockerignore": "**/.slipway" }, undefined],
  ["a context beside", { ...DOCKER, context: "app" }, {}, undefined],
  [
    "a file of the Dockerfile's own",
    { ...DOCKER, dockerfile: "web.Dockerfile" },
    { "web.Dockerfile.dockerignore": "dist", ".dockerignore": ".slipway" },
    ["web.Dockerfile.dockerignore", ".slipway"],
  ],
  ["docker knows no .containerignore", DOCKER, { ".containerignore": ".slipway" }, [".dockerignore", ".slipway"]],
  [
    "buildah takes .containerignore first",
    { ...DOCKER, builder: "buildah" },
    { ".containerignore": "", ".dockerignore": ".slipway" },
    [".containerignore", ".slipway"],
  ],
  ["buildah takes .dockerignore", { ...DOCKER, builder: "buildah" }, { ".dockerignore": ".slipway" }, undefined],
];

for (const [at, [what, { builder, ...paths }, files, expected]] of PLACES.entries()) {
  test(`the file to write to: ${what}`, async () => {
    const name = `place-${at}`;
    const project = join(root, "places", name, name);
    await mkdir(project, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(join(project, file), text);
    const [context, dockerfile] = [join(project, paths.context), join(project, paths.dockerfile)];
    const found = await stateInContext({ with: builder, context, dockerfile }, join(project, ".slipway"));
    const [file, line] = expected ?? [];
    assert.deepEqual(found, file && { file: join(project, file), line: line?.replace("PROJECT", name) });
    if (found === undefined || file === undefined) return;
    assert.equal(ignoreFileName(found, project), file.startsWith("..") ? join(project, file) : file);
  });
}
