import { type ReactNode, useState } from "react";
import type { Source } from "../../../src/site/model.ts";
import { Command } from "../../shared/components/code.tsx";
import { Tabs } from "../../shared/components/tabs.tsx";
import { pageAddress, useLocal } from "../../shared/language.tsx";
import { PAGE_FILES } from "../frame/pages.ts";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";

export interface SwitchingProps {
  /** Those that can be chosen. */
  readonly sources: readonly Source[];
  /** The id of the one that is shown until another is chosen. */
  readonly first: string;
  readonly tag: string;
}

/** What to change and to run so that an installation pulls from another source. */
export function Switching({ sources, first, tag }: SwitchingProps): ReactNode {
  const words = usePagesWords();
  const local = useLocal();
  const { compose } = useSite();
  const file = compose?.file ?? "docker-compose.yml";
  const [chosen, setChosen] = useState<string>();
  const source = sources.find(({ id }) => id === (chosen ?? first)) ?? sources[0];
  if (source === undefined) return null;
  const image = `${source.image}:${tag}`;
  const steps = [
    { title: words("pages.switch.line", { file }), command: `image: ${image}` },
    { title: words("pages.switch.run"), command: "docker compose pull && docker compose up -d" },
    { title: words("pages.switch.test"), command: `time docker pull ${image}` },
  ];
  return (
    <Tabs
      label={words("pages.switch")}
      tabs={sources.map(({ id, name }) => ({ id, label: local(name) }))}
      chosen={source.id}
      onChoose={setChosen}
    >
      <ol className="flex max-w-3xl flex-col gap-5">
        {steps.map(({ title, command }) => (
          <li key={title} className="flex flex-col gap-2">
            <p>{title}</p>
            <Command text={command} label={words("pages.copy-command", { command })} />
          </li>
        ))}
      </ol>
      {compose !== undefined && (
        <a href={`${pageAddress(PAGE_FILES.builder)}#open`} className="mt-5 inline-block text-accent underline">
          {words("pages.switch.builder")}
        </a>
      )}
    </Tabs>
  );
}
