import { type ChangeEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "../../shared/components/button.tsx";
import { Dialog } from "../../shared/components/dialog.tsx";
import { Field, inputClass } from "../../shared/components/field.tsx";
import { Tabs } from "../../shared/components/tabs.tsx";
import { usePagesWords } from "../frame/words.ts";
import { Line } from "../parts/prose.tsx";
import { OpenedFile } from "./opened-file.tsx";
import { SwitchedFile } from "./switched-file.tsx";
import type { Builder } from "./use-builder.ts";

export interface OpenDialogProps {
  readonly builder: Builder;
  readonly onClose: () => void;
}

/** Takes a file that is there already: to go on with it, or to change nothing but its source. It stays in the page. */
export default function OpenDialog({ builder, onClose }: OpenDialogProps): ReactNode {
  const words = usePagesWords();
  const [text, setText] = useState("");
  const [env, setEnv] = useState("");
  const [view, setView] = useState("go-on");
  const tabs = [
    { id: "go-on", label: words("pages.open.go-on") },
    { id: "switch", label: words("pages.open.switch") },
  ];
  return (
    <Dialog title={words("pages.open.title")} onClose={onClose}>
      <FileInput
        onRead={(file, content) => {
          if (file.endsWith(".env")) setEnv(content);
          else setText(content);
        }}
      />
      <Field label={words("pages.open.compose")}>
        {(control) => <TextArea {...{ control, rows: 8, value: text, onChange: setText }} />}
      </Field>
      {builder.form.fields.some(({ type }) => type === "secret") && (
        <details open={env !== ""}>
          <summary className="text-sm font-medium text-accent">
            <Line text={words("pages.open.with-env")} />
          </summary>
          <div className="mt-3">
            <Field label={<Line text={words("pages.open.env")} />}>
              {(control) => <TextArea {...{ control, rows: 3, value: env, onChange: setEnv }} />}
            </Field>
          </div>
        </details>
      )}
      {text.trim() !== "" && (
        <Tabs label={words("pages.open.title")} tabs={tabs} chosen={view} onChoose={setView}>
          {view === "go-on" ? (
            <OpenedFile builder={builder} text={text} env={env} onDone={onClose} />
          ) : (
            <SwitchedFile builder={builder} text={text} />
          )}
        </Tabs>
      )}
    </Dialog>
  );
}

/** The system's own way to choose files; a `.env` may come along. */
function FileInput({ onRead }: { readonly onRead: (name: string, content: string) => void }): ReactNode {
  const words = usePagesWords();
  const input = useRef<HTMLInputElement>(null);
  async function read(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    for (const file of event.target.files ?? []) onRead(file.name, await file.text());
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button icon="upload" onClick={() => input.current?.click()}>
        {words("pages.open.choose")}
      </Button>
      <input ref={input} type="file" multiple hidden accept=".yml,.yaml,.env,text/*" onChange={read} />
      <p className="flex-1 basis-60 text-sm text-muted">
        <Line text={words("pages.open.stays")} />
      </p>
    </div>
  );
}

interface TextAreaProps {
  readonly control: object;
  readonly rows: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function TextArea({ control, rows, value, onChange }: TextAreaProps): ReactNode {
  return (
    <textarea
      {...control}
      rows={rows}
      value={value}
      wrap="off"
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      className={inputClass("font-mono text-sm")}
    />
  );
}
