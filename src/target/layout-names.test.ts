import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { descriptorOf } from "../oci/descriptor.ts";
import { OCI_MANIFEST } from "../oci/media-types.ts";
import { layoutNames, REF_NAME } from "./layout-names.ts";

function entry(content: string, name?: string, imageName?: string) {
  const annotations = {
    ...(name !== undefined && { [REF_NAME]: name }),
    ...(imageName !== undefined && { "io.containerd.image.name": imageName }),
  };
  return { ...descriptorOf(Buffer.from(content), OCI_MANIFEST), annotations };
}

describe("the names in a layout", () => {
  const [tag, full, docker, nameless] = [
    entry("a", "1.0"),
    entry("b", "docker.io/library/busybox:1.36"),
    entry("c", "latest", "docker.io/library/alpine:latest"),
    entry("d"),
  ];

  it("are tags, and the tags of references", () => {
    const names = layoutNames([tag, full, docker, nameless]);
    assert.deepEqual([...names.all.keys()], ["1.0", "1.36", "latest"]);
    for (const name of ["1.36", "busybox:1.36", "docker.io/library/busybox:1.36", "library/busybox:1.36"]) {
      assert.equal(names.find(name), full, name);
    }
    assert.equal(names.find("alpine:latest"), docker);
    assert.equal(names.find("1.0"), tag);
    assert.equal(names.find("alpine"), undefined);
    assert.equal(names.find("2.0"), undefined);
  });

  it("stay whole where two images share a tag", () => {
    const other = entry("e", "docker.io/library/alpine:1.36");
    const names = layoutNames([full, other]);
    assert.deepEqual([...names.all.keys()], ["docker.io/library/busybox:1.36", "docker.io/library/alpine:1.36"]);
    assert.equal(names.find("1.36"), undefined);
    assert.equal(names.find("alpine:1.36"), other);
  });

  it("are short where one image has two references, and where a plain tag comes first", () => {
    const mirror = { ...entry("b", "ghcr.io/a/busybox:1.36") };
    assert.equal(layoutNames([full, mirror]).find("1.36")?.digest, full.digest);
    const plain = entry("f", "1.36");
    const names = layoutNames([full, plain]);
    assert.equal(names.find("1.36"), plain);
    assert.equal(names.find("busybox:1.36"), full);
    assert.deepEqual([...names.all.keys()], ["docker.io/library/busybox:1.36", "1.36"]);
  });
});
