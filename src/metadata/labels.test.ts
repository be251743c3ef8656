import assert from "node:assert/strict";
import { test } from "node:test";
import { fillText } from "./fill-template.ts";
import { labelsOf } from "./labels.ts";
import { dev, master, nothingKnown, SHA_OF_DEV } from "./sample-surroundings.ts";

const image = (name: string) => `org.opencontainers.image.${name}`;

test("labels are those of metadata-action, sorted, and created is the commit's date", () => {
  const later = { ...dev, now: new Date("2024-05-06T07:08:09Z") };
  const labels = labelsOf(later, "1.2.3");
  assert.deepEqual(Object.entries(labels), [
    [image("created"), "2020-01-10T00:30:00.000Z"],
    [image("description"), "This your first repo!"],
    [image("licenses"), "MIT"],
    [image("revision"), SHA_OF_DEV],
    [image("source"), "https://github.com/octocat/Hello-World"],
    [image("title"), "Hello-World"],
    [image("url"), "https://github.com/octocat/Hello-World"],
    [image("version"), "1.2.3"],
  ]);
});

test("what is not known, or empty, has no label", () => {
  assert.deepEqual(labelsOf({ ...nothingKnown, title: "", revision: "abc" }, undefined), {
    [image("revision")]: "abc",
  });
});

test("extra labels win, and may name facts", () => {
  const extra = {
    maintainer: "CrazyMax",
    [image("description")]: 'this is a "good" example',
    [image("created")]: "{{commit_date 'YYYY-MM-DDTHH:mm:ss.SSS[Z]'}}",
    "org.example.of": "{{version}} & {{branch}}@{{sha}}",
    empty: "",
  };
  const labels = labelsOf(master, "1.2.3", extra);
  assert.deepEqual(Object.keys(labels).slice(0, 3), ["empty", "maintainer", "org.example.of"]);
  assert.deepEqual(
    Object.keys(extra).map((key) => labels[key]),
    ["CrazyMax", 'this is a "good" example', "2020-01-10T00:30:00.000Z", "1.2.3 & master@2665741", ""],
  );
});

test("a label that names what is not known anywhere is refused", () => {
  assert.throws(() => labelsOf(dev, "1", { x: "{{major}}" }), {
    code: "TEMPLATE_INVALID",
    message:
      "this text cannot be filled in: {{major}} ({{major}} is not known here; known are branch, tag, sha, base_ref, " +
      "is_default_branch, is_not_default_branch, version, date, commit_date)",
  });
});

test("other text is filled in by the same rules", () => {
  assert.equal(fillText("app-{{version}}-linux-x64.zip", dev, "1.2.3"), "app-1.2.3-linux-x64.zip");
  assert.equal(fillText("app-{{version}}", dev, undefined), "app-");
});
