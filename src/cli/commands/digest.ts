import { failure } from "../../words/error.ts";
import type { Run } from "../command.ts";
import { EXIT } from "../exit.ts";
import type { NoOptions } from "../option.ts";
import { imageAt } from "../places.ts";
import { openSession } from "../session.ts";
import { settingsHere } from "../settings.ts";

/** Prints the digest that a reference stands for. */
export const run: Run<NoOptions> = async (context, { positional: [text = ""] }) => {
  await using session = await openSession(context, await settingsHere(context));
  const { target, reference } = await imageAt(session, text);
  const descriptor = await target.resolve(reference);
  if (descriptor === undefined) throw failure("MANIFEST_UNKNOWN", { target: target.name, reference });
  const { digest, mediaType, size } = descriptor;
  const facts = { name: target.name, reference, digest, mediaType, size };
  context.out.write(context.globals.json ? `${JSON.stringify(facts, undefined, 2)}\n` : `${digest}\n`);
  return EXIT.done;
};
