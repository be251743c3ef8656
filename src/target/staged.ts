import type { RawManifest } from "../oci/manifest.ts";
import { LayoutTarget } from "./layout.ts";
import { folderFiles, type LayoutFiles } from "./layout-files.ts";
import type { Scratch } from "./scratch.ts";

/**
 * A place that takes images only as a whole: they are gathered in a temporary layout, and `finish` makes of it what the
 * place wants, when it is closed. Without a manifest there is nothing to finish.
 */
export class StagedTarget extends LayoutTarget {
  readonly #scratch: Scratch;
  readonly #finish: (staged: StagedTarget) => Promise<void>;
  #isChanged = false;
  #isEnded = false;

  /** @param scratch where the layout is; removed on close */
  constructor(
    name: string,
    scratch: Scratch,
    finish: (staged: StagedTarget) => Promise<void>,
    files: LayoutFiles = folderFiles(scratch.folder),
  ) {
    super(name, scratch.folder, files);
    this.#scratch = scratch;
    this.#finish = finish;
  }

  override async pushManifest(manifest: RawManifest, tag?: string): Promise<void> {
    await super.pushManifest(manifest, tag);
    this.#isChanged = true;
  }

  /** @throws what `finish` throws; the temporary files are gone then, too */
  override async close(): Promise<void> {
    if (this.#isEnded) return;
    try {
      if (this.#isChanged) await this.#finish(this);
    } finally {
      await this.abandon();
    }
  }

  async abandon(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    await super.close();
    await this.#scratch.remove();
  }
}
