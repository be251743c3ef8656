import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { formatReference } from "../../oci/reference.ts";
import type { MirrorRule } from "../mirror-rule.ts";
import { noticeText } from "../notice.ts";
import type { Source } from "../reading/source.ts";
import { type Config, readConfig } from "../slipway/load-config.ts";
import { formatOf, type ImportFormat } from "./format.ts";
import { importImageSyncer } from "./image-syncer.ts";
import type { ImportedConfig } from "./imported.ts";
import { importRegsync } from "./regsync.ts";
import { importSkopeo } from "./skopeo.ts";

const folder = join(import.meta.dirname, "golden");

function golden(file: string): Source {
  return { file, text: readFileSync(join(folder, file), "utf8") };
}

const destination = "127.0.0.1:5000/mirror/";
const IMPORTS: readonly (readonly [name: string, work: () => ImportedConfig])[] = [
  ["regsync", () => importRegsync(golden("regsync.yml"))],
  ["skopeo", () => importSkopeo(golden("skopeo.yml"), { destination })],
  ["skopeo-scoped", () => importSkopeo(golden("skopeo.yml"), { destination: "mirror.example.com", scoped: true })],
  ["image-syncer", () => importImageSyncer([golden("auth.yaml"), golden("images.yaml")])],
];

/** The outcome with its notices, as one text. `UPDATE_GOLDEN=1` writes the files anew, to be read before a commit. */
function shown({ yaml, notices }: ImportedConfig): string {
  return `${yaml}\n# What is said:\n${notices.map((notice) => `# ${noticeText(notice, "en")}\n`).join("")}`;
}

/** Reads the outcome as `slipway.yaml`, with every variable set. */
function read({ yaml }: ImportedConfig): Config {
  const lookup = { variable: (name: string) => name.toLowerCase().replaceAll("_", "-"), file: () => assert.fail() };
  return readConfig({ file: "slipway.yaml", text: yaml }, lookup);
}

for (const [name, work] of IMPORTS) {
  test(`${name}: the outcome is that of golden/${name}.golden.yaml`, () => {
    const file = join(folder, `${name}.golden.yaml`);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, shown(work()));
    assert.equal(shown(work()), readFileSync(file, "utf8"));
  });

  test(`${name}: the outcome is a valid slipway.yaml, and no secret is in it or in what is said`, () => {
    const outcome = work();
    assert.ok(read(outcome).rules.length > 0);
    assert.doesNotMatch(outcome.yaml + JSON.stringify(outcome.notices), /canary/);
    for (const notice of outcome.notices) assert.doesNotMatch(noticeText(notice, "zh-CN"), /\{\w+\}/);
  });
}

function shownRule({ source, images, destinations, referrers }: MirrorRule): unknown {
  return [
    formatReference(source),
    images,
    destinations.map(({ repository, tags }) => [formatReference(repository), tags]),
    referrers,
  ];
}

test("image-syncer: the outcome says what the files say", () => {
  const rules = read(importImageSyncer([golden("images.yaml"), golden("auth.yaml")])).rules.map(shownRule);
  assert.deepEqual(rules[0], [
    "docker.io/newbe36524/hagicode",
    { kind: "selection", selection: {} },
    [
      ["hagicode.azurecr.io/hagicode", undefined],
      ["registry.cn-hangzhou.aliyuncs.com/hagicode/hagicode", undefined],
    ],
    true,
  ]);
  assert.deepEqual(rules[2], [
    "docker.io/library/redis",
    { kind: "selection", selection: { match: ["/^7\\.[0-9]+$/"] } },
    [["127.0.0.1:5000/mirror/redis", undefined]],
    true,
  ]);
});

test("regsync: an image without tag is latest; ranges are alternatives", () => {
  const [busybox, alpine] = read(importRegsync(golden("regsync.yml"))).rules;
  assert.deepEqual(busybox?.images, { kind: "tags", tags: ["latest"] });
  assert.deepEqual(alpine?.images.kind === "selection" && alpine.images.selection, {
    semver: ">=3.0.0, <4 || ^5",
    match: ["latest", "/^3.\\d+$/", "/^3\\.1[0-9]$$/"],
    exclude: ["3.0"],
  });
});

const FORMATS: readonly (readonly [file: string, format: ImportFormat])[] = [
  ["regsync.yml", "regsync"],
  ["skopeo.yml", "skopeo"],
  ["auth.yaml", "image-syncer-auth"],
  ["images.yaml", "image-syncer-images"],
];

for (const [file, format] of FORMATS) {
  test(`${file} is ${format}`, () => assert.equal(formatOf(golden(file)), format));
}

test("other formats are told apart, or are none", () => {
  const of = (text: string) => formatOf({ file: "x.yaml", text });
  assert.equal(of("auth: {}\nimages: { a: b }\n"), "image-syncer-config");
  assert.equal(of("a: { b: c }\n"), undefined);
  assert.equal(of("- a\n"), undefined);
  assert.throws(() => importImageSyncer([golden("skopeo.yml")]), { code: "CONFIG_FORMAT_UNKNOWN" });
});
