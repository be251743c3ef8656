import { type ReactNode, useMemo } from "react";
import type { Field, FieldValue } from "../../../src/site/compose/form.ts";
import { type ImportedAnswers, imageOf, importFile } from "../../../src/site/compose/index.ts";
import { Button } from "../../shared/components/button.tsx";
import { Code } from "../../shared/components/code.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { useLocal } from "../../shared/language.tsx";
import { isOffered, useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { ProblemLines, type ProblemLinesProps } from "./problem-lines.tsx";
import type { Builder } from "./use-builder.ts";

export interface OpenedFileProps {
  readonly builder: Builder;
  readonly text: string;
  readonly env: string;
  readonly onDone: () => void;
}

/** What the form finds in a file, what it would lose, and the way to go on with it. */
export function OpenedFile({ builder, text, env, onDone }: OpenedFileProps): ReactNode {
  const words = usePagesWords();
  const announce = useAnnounce();
  const { sources } = useSite();
  const { form } = builder;
  const result = useMemo(() => importFile(form, text, { sources, env }), [form, text, env, sources]);
  if (result.kind === "problems") return <Unreadable form={form} problems={result.problems} />;
  function goOn(answers: ImportedAnswers): void {
    builder.open(answers);
    announce(words("pages.open.taken-over"));
    onDone();
  }
  return (
    <div className="flex flex-col gap-4">
      <h3 className="font-semibold">{words("pages.open.found")}</h3>
      <Found builder={builder} answers={result.answers} />
      {result.unread.length > 0 && (
        <Notice tone="warning" title={words("pages.open.lost")}>
          <ProblemLines form={form} problems={result.unread} />
        </Notice>
      )}
      <Button kind="primary" className="self-start" onClick={() => goOn(result.answers)}>
        {words("pages.open.use")}
      </Button>
    </div>
  );
}

function Unreadable({ form, problems }: ProblemLinesProps): ReactNode {
  const words = usePagesWords();
  return (
    <Notice tone="bad" title={words("pages.open.unreadable")}>
      <ProblemLines form={form} problems={problems} />
    </Notice>
  );
}

interface FoundProps {
  readonly builder: Builder;
  readonly answers: ImportedAnswers;
}

function Found({ builder, answers }: FoundProps): ReactNode {
  const words = usePagesWords();
  const local = useLocal();
  const source = useSite().sources.find(({ id }) => id === answers.source);
  function shownValue(field: Field, value: FieldValue): ReactNode {
    if (field.type === "secret") return "••••••••";
    if (field.type === "toggle") return words(value === true ? "pages.builder.on" : "pages.builder.off");
    const option = field.type === "choice" && field.options.find((one) => one.value === value);
    return option ? local(option.label) : <Code>{String(value)}</Code>;
  }
  const fields = builder.form.fields.flatMap((field) => {
    const value = answers.values[field.id];
    if (value === undefined || value === "") return [];
    return [{ id: field.id, name: local(field.label), shown: shownValue(field, value) }];
  });
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
      {source !== undefined && (
        <>
          <dt className="text-muted">{words("pages.builder.source")}</dt>
          <dd>
            {local(source.name)} {answers.edition !== undefined && <Code>{imageOf(source, answers.edition)}</Code>}
            {isOffered(source) || <p className="text-warning">{words("pages.open.not-offered")}</p>}
          </dd>
        </>
      )}
      {fields.map(({ id, name, shown }) => (
        <div key={id} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}
