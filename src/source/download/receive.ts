import { FileWriter } from "../../target/file-writer.ts";
import { onStorage } from "../../target/storage-failure.ts";
import type { DownloadOptions } from "../origin.ts";
import { type Answer, type Held, isRecognisable } from "./remote.ts";
import { beginPart, reopenPart, type Slot } from "./slot.ts";
import type { Watch } from "./watch.ts";

export type Received =
  | { readonly kind: "whole" }
  /** It broke off. `held` is what is on the disk now, where it is possible to go on with that. */
  | { readonly kind: "broken"; readonly fault: unknown; readonly held: Held | undefined };

/**
 * Writes the bytes of one answer to the part: into a new one, or behind those that it has. All that came is in the file
 * when this returns, and durable if it was all.
 * @throws STORAGE_FULL, STORAGE_FAILED
 */
export async function receive(
  { version, start, body }: Extract<Answer, { kind: "bytes" }>,
  slot: Slot,
  identity: string,
  watch: Watch,
  tell: DownloadOptions["tell"],
): Promise<Received> {
  const { size } = version;
  const file = await (start === 0 ? beginPart(slot, { identity, version }) : reopenPart(slot));
  try {
    const writer = new FileWriter(file, slot.part, start);
    let at = start;
    let fault: { readonly thrown: unknown } | undefined;
    try {
      for await (const chunk of body) {
        at += chunk.byteLength;
        if (size !== undefined && at > size) throw new Error(`more than the ${size} bytes came that were announced`);
        const writing = writer.write(chunk);
        if (writing !== undefined) await watch.without(writing);
        watch.moved(chunk.byteLength);
        tell?.({ kind: "moved", moved: at, ...(size !== undefined && { size }) });
        if (at === size) break;
      }
      if (size !== undefined && at < size) throw new Error(`${at} of ${size} bytes came`);
    } catch (thrown) {
      fault = { thrown };
    }
    await writer.end();
    if (fault === undefined) {
      await onStorage(slot.part, () => file.sync());
      return { kind: "whole" };
    }
    const isOfUse = isRecognisable(version) && at > 0 && (size === undefined || at <= size);
    return { kind: "broken", fault: fault.thrown, held: isOfUse ? { kind: "part", version, bytes: at } : undefined };
  } finally {
    await file.close();
  }
}
