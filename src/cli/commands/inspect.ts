import { parseManifest } from "../../oci/manifest.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import { inspectLines } from "../inspect-lines.ts";
import type { inspectOptions } from "../options.ts";
import { imageAt } from "../places.ts";
import { openSession } from "../session.ts";
import { settingsHere } from "../settings.ts";

/** Shows what an image is made of; `--raw` its manifest's bytes as they are. */
export const run: Run<typeof inspectOptions> = async (context, { positional: [text = ""], options }) => {
  const { globals, out, words, paint } = context;
  await using session = await openSession(context, await settingsHere(context));
  const { target, reference } = await imageAt(session, text);
  const raw = await target.manifest(reference);
  if (options.raw) {
    out.write(raw.bytes);
    return EXIT.done;
  }
  const manifest = parseManifest(raw);
  const { digest, mediaType, size } = raw.descriptor;
  if (globals.json) {
    const facts = { name: target.name, reference, digest, mediaType, size, ...manifest };
    out.write(`${JSON.stringify(facts, undefined, 2)}\n`);
    return EXIT.done;
  }
  for (const line of inspectLines(target.name, raw.descriptor, manifest, words, paint.out)) out.write(`${line}\n`);
  return EXIT.done;
};
