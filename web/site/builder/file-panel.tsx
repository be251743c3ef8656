import { type ReactNode, useRef, useState } from "react";
import { encodeLink } from "../../../src/site/compose/index.ts";
import { copyText } from "../../shared/clipboard.ts";
import { Button } from "../../shared/components/button.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { Tabs } from "../../shared/components/tabs.tsx";
import { downloadText } from "../../shared/download.ts";
import { useSharedWords } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import { Line } from "../parts/prose.tsx";
import { CodeView } from "./code-view.tsx";
import { ProblemList } from "./problem-list.tsx";
import { SecretsSwitch } from "./secrets-switch.tsx";
import type { Builder } from "./use-builder.ts";

/** The file as it is so far, and the ways to take it along. */
export function FilePanel({ builder }: { readonly builder: Builder }): ReactNode {
  const words = usePagesWords();
  const { form, draft } = builder;
  const [viewed, setViewed] = useState("compose");
  const files = [
    { id: "compose", label: form.file, text: draft.text },
    ...(draft.env === undefined ? [] : [{ id: "env", label: ".env", text: draft.env }]),
  ];
  const shown = files.find(({ id }) => id === viewed) ?? { id: "compose", label: form.file, text: draft.text };
  const problemList = useRef<HTMLDivElement>(null);
  /** What is not right yet is not handed out. */
  const whenRight = (use: () => void) => () => {
    if (draft.problems.length === 0) return use();
    builder.act({ kind: "wants-file" });
    problemList.current?.focus();
  };
  return (
    <section
      id="file"
      aria-labelledby="file-title"
      className="flex min-h-0 flex-col overflow-hidden rounded-card lg:overflow-auto border border-line bg-surface shadow-raised"
    >
      <h2 id="file-title" className="sr-only">
        {words("pages.builder.file")}
      </h2>
      <Tabs
        label={words("pages.builder.file")}
        tabs={files}
        chosen={shown.id}
        onChoose={setViewed}
        className="flex min-h-32 flex-1 flex-col"
        viewClassName="flex min-h-0 flex-col"
      >
        <CodeView text={shown.text} label={shown.label} />
      </Tabs>
      <div className="flex flex-col gap-4 border-t border-line px-4 py-4 sm:px-5">
        {draft.problems.length > 0 && <ProblemList builder={builder} ref={problemList} />}
        <Takeaways builder={builder} file={shown} whenRight={whenRight} />
        <SecretsSwitch builder={builder} />
        <p className="text-sm text-muted">
          <Line text={words("pages.builder.minimum", { minimum: form.minimum })} />
        </p>
      </div>
    </section>
  );
}

interface TakeawaysProps {
  readonly builder: Builder;
  readonly file: { readonly label: string; readonly text: string };
  readonly whenRight: (use: () => void) => () => void;
}

function Takeaways({ builder, file, whenRight }: TakeawaysProps): ReactNode {
  const words = usePagesWords();
  const shared = useSharedWords();
  const announce = useAnnounce();
  async function copy(text: string, said: string): Promise<void> {
    announce((await copyText(text)) ? said : shared("web.copy-by-hand"));
  }
  function download(): void {
    downloadText(file.label, file.text);
    // Chromium lets no page give a file a name that begins with a dot.
    if (file.label.startsWith(".")) announce(words("pages.builder.rename", { name: file.label }));
  }
  function share(): void {
    const address = new URL(location.href);
    address.hash = encodeLink(builder.form, builder.answers);
    void copy(address.href, words("pages.builder.link-copied"));
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button kind="primary" icon="copy" onClick={whenRight(() => void copy(file.text, shared("web.copied")))}>
        {shared("web.copy")}
      </Button>
      <Button icon="download" onClick={whenRight(download)}>
        {words("pages.builder.download")}
      </Button>
      <Button icon="link" onClick={share} aria-describedby="link-help">
        {words("pages.builder.share")}
      </Button>
      <span id="link-help" className="sr-only">
        {words("pages.builder.share.help")}
      </span>
    </div>
  );
}
