import assert from "node:assert/strict";
import { test } from "node:test";
import { problemsOf } from "./checks.ts";
import { defaultValues, visibleFields, visibleOptions } from "./fields.ts";
import type { Field, FieldValue, FieldValues } from "./form.ts";
import { FORM } from "./in-test.ts";
import { problemText } from "./problem.ts";

const WRONG: readonly (readonly [what: string, values: FieldValues, problems: readonly string[]])[] = [
  ["nothing but the form's own answers", {}, []],
  ["an empty needed text", { name: "" }, ["name required"]],
  ["an empty needed port", { port: "" }, ["port required"]],
  ["an empty text that is not needed", { zone: "" }, []],
  ["a port as text", { port: "8080" }, []],
  ["port 0", { port: 0 }, ["port port"]],
  ["port 65536", { port: "65536" }, ["port port"]],
  ["a port with a leading zero", { port: "080" }, ["port port"]],
  ["half a port", { port: 80.5 }, ["port port"]],
  ["a port in words", { port: "http" }, ["port port"]],
  ["a number in words", { user: "root" }, ["user number"]],
  ["a number that is none", { user: Number.NaN }, ["user number"]],
  ["half a number", { user: 1.5 }, ["user whole"]],
  ["less than the least", { user: -1 }, ["user min"]],
  ["more than the most", { user: 60_001 }, ["user max"]],
  ["a number nobody is asked for", { system: "windows", user: "x" }, []],
  ["a text that does not match", { name: "My App" }, ["name pattern"]],
  ["a text that matches in part", { name: "app\n" }, ["name pattern"]],
  ["a text that is too long", { zone: "x".repeat(41) }, ["zone longer"]],
  ["as many characters as may be, each of two units", { zone: "😀".repeat(40) }, []],
  ["a bell", { note: "\x07" }, ["note control"]],
  ["half a letter", { note: "\ud800" }, ["note control"]],
  ["another system's line break", { note: "a\r\nb" }, ["note control"]],
  ["a line break of Unicode", { note: "a\u2028b" }, ["note control"]],
  ["tabs and lines", { note: "a\tb\nc" }, []],
  ["a path from nowhere", { folder: "work" }, ["folder absolute"]],
  ["a path of Windows", { folder: "D:\\work" }, []],
  ["a path of two lines", { folder: "/a\n/b" }, ["folder lines"]],
  ["an option that is none", { database: "oracle" }, ["database choice"]],
  ["an option that is not offered", { system: "windows", restart: "always" }, ["restart choice"]],
  ["a switch that is neither", { proxied: "maybe" }, ["proxied toggle"]],
  ["a switch as text", { proxied: "false" }, []],
  ["what a choice asks for", { database: "postgres" }, ["password required"]],
  ["several", { name: "", port: 0, proxied: true }, ["name required", "port port", "proxy required"]],
  ["fields that are none", { constructor: "x", other: 1 }, []],
];

for (const [what, values, problems] of WRONG) {
  test(`answers: ${what}: ${problems.join(", ") || "fine"}`, () => {
    const found = problemsOf(FORM, values).map(({ field, key }) => `${field} ${key.replace("compose.problem.", "")}`);
    assert.deepEqual(found, problems);
  });
}

test("answers: what the form itself says comes before the usual words, in both languages", () => {
  const [name, zone] = problemsOf(FORM, { name: "My App", zone: "x".repeat(41) });
  assert.ok(name !== undefined && zone !== undefined);
  assert.equal(problemText(name, "en"), "a name");
  assert.equal(problemText(name, "zh-CN"), "a name（中）");
  assert.equal(problemText(zone, "en"), "at most 40 characters; these are 41");
  assert.equal(problemText(zone, "zh-CN"), "最多 40 个字符，现在有 41 个");
});

test("answers: a secret is in no problem", () => {
  const secret = "hunter2\x07";
  assert.ok(!JSON.stringify(problemsOf(FORM, { key: secret })).includes("hunter2"));
});

const ids = (values: Record<string, FieldValue>) => visibleFields(FORM, values).map(({ id }) => id);

test("fields: shown by what was answered before them, and hidden answers count for nothing", () => {
  const usual = ["name", "port", "system", "user", "folder", "zone", "note", "key", "database", "proxied", "restart"];
  assert.deepEqual(ids({}), usual);
  assert.deepEqual(
    ids({ system: "windows" }),
    usual.filter((id) => id !== "user"),
  );
  assert.ok(ids({ database: "postgres" }).includes("password"));
  assert.ok(ids({ proxied: true }).includes("proxy"));
  const chain: readonly Field[] = FORM.fields.map((field) =>
    field.id === "proxied" ? { ...field, when: { database: "postgres" } } : field,
  );
  const form = { ...FORM, fields: chain };
  assert.ok(!visibleFields(form, { proxied: true }).some(({ id }) => id === "proxy"));
});

test("fields: options are offered by conditions, too", () => {
  const restart = FORM.fields.find((field) => field.id === "restart");
  assert.ok(restart?.type === "choice");
  const offered = (values: FieldValues) => visibleOptions(FORM, restart, values).map(({ value }) => value);
  assert.deepEqual(offered({}), ["no", "unless-stopped", "always"]);
  assert.deepEqual(offered({ system: "windows" }), ["no", "unless-stopped"]);
});

test("fields: each begins with something of its type, or empty", () => {
  assert.deepEqual(defaultValues(FORM), {
    name: "web",
    port: 45_000,
    system: "linux",
    user: 1000,
    folder: "/srv/work",
    zone: "UTC",
    note: "",
    key: "",
    database: "sqlite",
    password: "",
    proxied: false,
    proxy: "",
    restart: "unless-stopped",
  });
});
