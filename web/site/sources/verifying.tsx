import type { ReactNode } from "react";
import type { Source } from "../../../src/site/model.ts";
import { Command } from "../../shared/components/code.tsx";
import { usePagesWords } from "../frame/words.ts";

export interface VerifyingProps {
  readonly sources: readonly Source[];
  readonly tag: string;
}

/** Programs that ask a registry for a tag's digest without pulling it. */
const PROGRAMS = [
  {
    name: "Docker",
    command: (image: string) => `docker buildx imagetools inspect --format '{{.Manifest.Digest}}' ${image}`,
  },
  { name: "skopeo", command: (image: string) => `skopeo inspect --no-tags --format '{{.Digest}}' docker://${image}` },
  { name: "Slipway", command: (image: string) => `slipway digest ${image}` },
] as const;

/** How to see for oneself that every source serves the same image. */
export function Verifying({ sources, tag }: VerifyingProps): ReactNode {
  const words = usePagesWords();
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {PROGRAMS.map(({ name, command }) => {
        const text = sources.map(({ image }) => command(`${image}:${tag}`)).join("\n");
        return (
          <div key={name} className="flex flex-col gap-2">
            <h3 className="font-medium">{words("pages.verify.with", { program: name })}</h3>
            <Command text={text} label={words("pages.copy-command", { command: name })} />
          </div>
        );
      })}
      <p>{words("pages.verify.same")}</p>
    </div>
  );
}
