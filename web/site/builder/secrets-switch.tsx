import type { ReactNode } from "react";
import { visibleFields } from "../../../src/site/compose/index.ts";
import { Switch } from "../../shared/components/switch.tsx";
import { usePagesWords } from "../frame/words.ts";
import { Line } from "../parts/prose.tsx";
import type { Builder } from "./use-builder.ts";

/** Whether secrets stand in a file of their own; where there are none, there is nothing to choose. */
export function SecretsSwitch({ builder }: { readonly builder: Builder }): ReactNode {
  const words = usePagesWords();
  const { form, answers, act } = builder;
  if (!visibleFields(form, answers.values).some(({ type }) => type === "secret")) return null;
  return (
    <Switch
      label={<Line text={words("pages.builder.env")} />}
      help={words("pages.builder.env.help")}
      checked={answers.secrets === "env"}
      onChange={(isApart) => act({ kind: "secrets", place: isApart ? "env" : "file" })}
    />
  );
}
