import { type ReactNode, useState } from "react";
import { newSecret } from "../../../src/site/compose/index.ts";
import { Button } from "../../shared/components/button.tsx";
import { inputClass } from "../../shared/components/field.tsx";
import { useLocal, useSharedWords } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import type { InputProps } from "./form-field.tsx";

/** A secret: hidden unless its reader wants to see it, and made here where the form offers that. */
export function SecretInput({ control, field, value, change, leave }: InputProps): ReactNode {
  const words = usePagesWords();
  const shared = useSharedWords();
  const local = useLocal();
  const [isShown, setShown] = useState(false);
  const length = field.type === "secret" ? field.generate : undefined;
  const name = local(field.label);
  return (
    <div className="flex flex-wrap gap-2">
      <input
        {...control}
        type={isShown ? "text" : "password"}
        value={value}
        placeholder={field.placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
        onBlur={leave}
        className={inputClass("flex-1 basis-52 font-mono text-sm")}
      />
      <Button
        icon="eye"
        aria-pressed={isShown}
        aria-label={words("pages.builder.show-secret", { name })}
        onClick={() => setShown(!isShown)}
      >
        {shared(isShown ? "web.hide" : "web.show")}
      </Button>
      {length !== undefined && (
        <Button
          icon="refresh"
          aria-label={words("pages.builder.generate-secret", { name })}
          onClick={() => {
            change(newSecret(length));
            setShown(true);
          }}
        >
          {words("pages.builder.generate")}
        </Button>
      )}
    </div>
  );
}
