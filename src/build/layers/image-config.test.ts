import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { digestOf } from "../../oci/digest.ts";
import { parseImageJson } from "../image-json.ts";
import { type ImageSettings, imageConfig } from "./image-config.ts";

const PLATFORM = { os: "linux", architecture: "arm", variant: "v7" };
const CREATED = new Date("2026-01-02T03:04:05Z");
const [ONE, TWO] = [digestOf("one"), digestOf("two")];

const BASE = {
  created: "2020-01-01T00:00:00Z",
  author: "somebody",
  architecture: "arm",
  os: "linux",
  container: "0123",
  docker_version: "20.10",
  "moby.buildkit.buildinfo.v1": "e30=",
  config: {
    Cmd: ["bash"],
    Image: "sha256:parent",
    OnBuild: ["RUN make"],
    ArgsEscaped: true,
    Env: ["PATH=/usr/bin", "LANG=C", "EMPTY="],
    User: "",
    Labels: { b: "base", a: "base" },
    ExposedPorts: { "443/tcp": {} },
    Volumes: null,
    WorkingDir: "/srv",
    Healthcheck: { Test: ["NONE"] },
  },
  rootfs: { type: "layers", diff_ids: [ONE] },
  history: [
    { created: "2020-01-01T00:00:00Z", created_by: "ADD" },
    { created_by: "CMD", empty_layer: true },
  ],
};

function made(base: object | undefined, settings: ImageSettings = {}, labels: Readonly<Record<string, string>> = {}) {
  const image = base === undefined ? undefined : parseImageJson(Buffer.from(JSON.stringify(base)));
  const layers = [{ diffId: TWO, to: "/app" }];
  return imageConfig(image, { platform: PLATFORM, created: CREATED, settings, labels, layers });
}

function json(...args: Parameters<typeof made>) {
  return JSON.parse(Buffer.from(made(...args)).toString("utf8"));
}

describe("an image's configuration", () => {
  it("on nothing has what was set, in one order", () => {
    const settings: ImageSettings = {
      entrypoint: ["/app/run", "--serve"],
      cmd: ["--port", "80"],
      env: { Z: "last", A: "first=1" },
      ports: ["8080", "53/udp"],
      volumes: ["/data"],
      workdir: "/app",
      user: "1000:1000",
      labels: { of: "settings", both: "settings" },
      stopSignal: "SIGINT",
      shell: ["/bin/ash", "-c"],
      healthcheck: { test: ["/app/check", "now"], interval: 30_000, timeout: 1500, startPeriod: 100, retries: 3 },
    };
    assert.equal(
      Buffer.from(made(undefined, settings, { both: "request" })).toString("utf8"),
      JSON.stringify({
        created: "2026-01-02T03:04:05Z",
        architecture: "arm",
        variant: "v7",
        os: "linux",
        config: {
          User: "1000:1000",
          ExposedPorts: { "53/udp": {}, "8080/tcp": {} },
          Env: ["A=first=1", "Z=last"],
          Entrypoint: ["/app/run", "--serve"],
          Cmd: ["--port", "80"],
          Volumes: { "/data": {} },
          WorkingDir: "/app",
          Labels: { both: "request", of: "settings" },
          StopSignal: "SIGINT",
          Shell: ["/bin/ash", "-c"],
          Healthcheck: {
            Test: ["CMD", "/app/check", "now"],
            Interval: 30_000_000_000,
            Timeout: 1_500_000_000,
            StartPeriod: 100_000_000,
            Retries: 3,
          },
        },
        rootfs: { type: "layers", diff_ids: [TWO] },
        history: [{ created: "2026-01-02T03:04:05Z", created_by: "slipway layer /app" }],
      }),
    );
  });

  it("inherits the base's, without what tells how that one was made", () => {
    assert.deepEqual(json(BASE, {}, { a: "mine" }), {
      created: "2026-01-02T03:04:05Z",
      author: "somebody",
      architecture: "arm",
      variant: "v7",
      os: "linux",
      config: {
        User: "",
        ExposedPorts: { "443/tcp": {} },
        Env: ["PATH=/usr/bin", "LANG=C", "EMPTY="],
        Cmd: ["bash"],
        WorkingDir: "/srv",
        Labels: { a: "mine", b: "base" },
        Healthcheck: { Test: ["NONE"] },
        ArgsEscaped: true,
      },
      rootfs: { type: "layers", diff_ids: [ONE, TWO] },
      history: [...BASE.history, { created: "2026-01-02T03:04:05Z", created_by: "slipway layer /app" }],
    });
  });

  it("changes variables where they stand, and adds new ones by name", () => {
    const { Env } = json(BASE, { env: { Y: "2", LANG: "C.UTF-8", X: "1" } }).config;
    assert.deepEqual(Env, ["PATH=/usr/bin", "LANG=C.UTF-8", "EMPTY=", "X=1", "Y=2"]);
  });

  for (const [what, settings, expected] of [
    ["stays without an entrypoint", {}, { Cmd: ["bash"] }],
    ["goes with a new entrypoint", { entrypoint: ["/run"] }, { Entrypoint: ["/run"] }],
    ["is the new one", { cmd: ["x"] }, { Cmd: ["x"] }],
    ["is the new one of a new entrypoint", { entrypoint: ["/run"], cmd: ["x"] }, { Entrypoint: ["/run"], Cmd: ["x"] }],
  ] as const) {
    it(`has a command that ${what}`, () => {
      const { Cmd, Entrypoint } = json(BASE, settings).config;
      assert.deepEqual(JSON.parse(JSON.stringify({ Cmd, Entrypoint })), expected);
    });
  }

  for (const [test, expected] of [
    [["curl -f localhost"], ["CMD-SHELL", "curl -f localhost"]],
    [["NONE"], ["NONE"]],
    [
      ["CMD", "/check"],
      ["CMD", "/check"],
    ],
  ] as const) {
    it(`has the health check ${test.join(" ")}`, () => {
      assert.deepEqual(json(BASE, { healthcheck: { test } }).config.Healthcheck, { Test: expected });
    });
  }

  it("has no history where the base's does not fit its layers", () => {
    assert.equal(json({ ...BASE, history: [] }).history, undefined);
    assert.equal(json({ ...BASE, history: null }).history, undefined);
  });

  it("is the same bytes, whatever order maps are written in", () => {
    const map = fc.dictionary(fc.string(), fc.string(), { maxKeys: 6 });
    const property = fc.property(map, map, (env, labels) => {
      const turned = (record: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(record).reverse());
      assert.deepEqual(made(BASE, { env: turned(env), labels: turned(labels) }), made(BASE, { env, labels }));
    });
    fc.assert(property, { seed: 3, numRuns: 200 });
  });
});

describe("reading a configuration", () => {
  for (const [what, text] of [
    ["that is no JSON", "{"],
    ["without an architecture", JSON.stringify({ ...BASE, architecture: undefined })],
    ["without layers", JSON.stringify({ ...BASE, rootfs: undefined })],
    ["with a digest that is none", JSON.stringify({ ...BASE, rootfs: { diff_ids: ["sha256:../../x"] } })],
    ["of an artifact", "{}"],
  ] as const) {
    it(`${what} gives nothing`, () => assert.equal(parseImageJson(Buffer.from(text)), undefined));
  }

  it("takes anything without throwing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void parseImageJson(Buffer.from(JSON.stringify(value)))),
      { seed: 5, numRuns: 300 },
    );
  });
});
