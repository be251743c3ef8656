import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseInspect, parseList } from "./buildx-instance.ts";

describe("what buildx prints of its builders", () => {
  it("is read as buildx 0.10 prints it", () => {
    const table = [
      "NAME/NODE       DRIVER/ENDPOINT             STATUS  BUILDKIT PLATFORMS",
      "elated_tesla *  docker-container                             ",
      "  elated_tesla0 unix:///var/run/docker.sock running v0.10.3  linux/amd64",
      "default         docker                                       ",
      "  default       default                     running 20.10.7  linux/amd64, linux/386",
    ];
    assert.deepEqual(parseList(table.join("\n")), [
      { name: "elated_tesla", driver: "docker-container" },
      { name: "default", driver: "docker" },
    ]);
  });

  it("is read as buildx 0.19 prints it", () => {
    const table = [
      "NAME/NODE     DRIVER/ENDPOINT                   STATUS     BUILDKIT   PLATFORMS",
      "slipway       docker-container                                        ",
      " \\_ slipway0    \\_ unix:///var/run/docker.sock   inactive              ",
      "default*      docker                                                  ",
      " \\_ default     \\_ default                      running    v0.17.3    linux/amd64 (+2), linux/386",
      "",
    ];
    assert.deepEqual(parseList(table.join("\n")), [
      { name: "slipway", driver: "docker-container" },
      { name: "default", driver: "docker" },
    ]);
  });

  it("tells the chosen one, not its nodes", () => {
    const text =
      "Name:          slipway\nDriver:        docker-container\nLast Activity: x\n\nNodes:\nName: slipway0\n";
    assert.deepEqual(parseInspect(text), { name: "slipway", driver: "docker-container" });
    assert.equal(parseInspect("ERROR: no builder found"), undefined);
  });
});
