import { type ReactNode, useMemo, useState } from "react";
import { switchSource } from "../../../src/site/compose/index.ts";
import { Button } from "../../shared/components/button.tsx";
import { Code } from "../../shared/components/code.tsx";
import { CopyButton } from "../../shared/components/copy-button.tsx";
import { Field } from "../../shared/components/field.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { Select } from "../../shared/components/select.tsx";
import { downloadText } from "../../shared/download.ts";
import { useLocal } from "../../shared/language.tsx";
import { isOffered, useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { CodeView } from "./code-view.tsx";
import { ProblemLines } from "./problem-lines.tsx";
import type { Builder } from "./use-builder.ts";

export interface SwitchedFileProps {
  readonly builder: Builder;
  readonly text: string;
}

/** The same file with its images from another source, and all else as it was written. */
export function SwitchedFile({ builder, text }: SwitchedFileProps): ReactNode {
  const words = usePagesWords();
  const local = useLocal();
  const { sources } = useSite();
  const { form } = builder;
  const [to, setTo] = useState(builder.answers.source);
  const result = useMemo(
    () => switchSource(text, to, { sources, images: form.images }),
    [text, to, sources, form.images],
  );
  return (
    <div className="flex flex-col gap-4">
      <Field label={words("pages.open.to")}>
        {(control) => (
          <Select {...control} value={to} onChange={(event) => setTo(event.target.value)}>
            {sources.filter(isOffered).map(({ id, name }) => (
              <option key={id} value={id}>
                {local(name)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {result.kind === "problems" ? (
        <Notice tone="bad" title={words("pages.open.unreadable")}>
          <ProblemLines form={form} problems={result.problems} />
        </Notice>
      ) : (
        <>
          <Changes switched={result.switched} kept={result.kept} />
          <div className="max-h-80 overflow-auto rounded-control bg-sunken">
            <CodeView text={result.text} label={form.file} />
          </div>
          <div className="flex flex-wrap gap-2">
            <CopyButton kind="primary" text={result.text} />
            <Button icon="download" onClick={() => downloadText(form.file, result.text)}>
              {words("pages.builder.download")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

interface ChangesProps {
  readonly switched: readonly { readonly from: string; readonly to: string }[];
  readonly kept: readonly string[];
}

function Changes({ switched, kept }: ChangesProps): ReactNode {
  const words = usePagesWords();
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {switched.length === 0 && <li>{words("pages.open.nothing-switched")}</li>}
      {switched.map(({ from, to }) => (
        <li key={from}>
          <Code>{from}</Code> → <Code>{to}</Code>
        </li>
      ))}
      {kept.map((image) => (
        <li key={image} className="text-muted">
          {words("pages.open.kept")} <Code>{image}</Code>
        </li>
      ))}
    </ul>
  );
}
