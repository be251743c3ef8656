import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import type { SessionShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Field, inputClass } from "../../shared/components/field.tsx";
import { LanguageSwitch } from "../../shared/components/language-switch.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { ThemeSwitch } from "../../shared/components/theme-switch.tsx";
import { useLanguage } from "../../shared/language.tsx";
import { ask, Refused } from "../data/ask.ts";
import { Line } from "../parts/line.tsx";
import { refusalText } from "../parts/problem.tsx";
import { useWords } from "./words.ts";

export interface SignInProps {
  /** There was a login, and the daemon knows it no more. */
  readonly hasEnded: boolean;
  readonly onSignedIn: (session: SessionShape) => void;
}

/** The door: a token for a cookie that no script can read. */
export function SignIn({ hasEnded, onSignedIn }: SignInProps): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const [token, setToken] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    document.title = `${words("dashboard.sign-in")} · Slipway`;
  }, [words]);
  async function signIn(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (token.trim() === "") return setProblem(words("dashboard.token.needed"));
    setBusy(true);
    try {
      onSignedIn(await ask<SessionShape>("session", { language, method: "POST", body: { token } }));
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setProblem(refusalText(refused, words));
      setBusy(false);
    }
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <div className="flex flex-wrap justify-end gap-2 p-4">
        <LanguageSwitch />
        <ThemeSwitch />
      </div>
      <main className="mx-auto flex w-full max-w-md flex-1 flex-col gap-6 px-4 pt-[8dvh] pb-12">
        <h1 className="flex items-center gap-3 text-2xl font-semibold">
          <img src="./icon.svg" alt="" width="32" height="32" />
          {words("dashboard.sign-in.title")}
        </h1>
        {hasEnded && (
          <Notice tone="warning" title={words("dashboard.session.ended")}>
            {words("dashboard.session.ended.help")}
          </Notice>
        )}
        <form
          noValidate
          onSubmit={signIn}
          className="flex flex-col gap-5 rounded-card border border-line bg-surface p-5 shadow-raised sm:p-6"
        >
          <Field
            id="token"
            label={words("dashboard.token")}
            help={<Line text={words("dashboard.token.help")} />}
            {...(problem !== undefined && { problem })}
            required
          >
            {(control) => (
              <input
                {...control}
                type="password"
                autoComplete="current-password"
                spellCheck={false}
                value={token}
                onChange={(event) => setToken(event.target.value)}
                className={inputClass("font-mono")}
              />
            )}
          </Field>
          <Button type="submit" kind="primary" disabled={isBusy}>
            {words("dashboard.sign-in")}
          </Button>
        </form>
        <div role="status" className="sr-only">
          {problem}
        </div>
      </main>
    </div>
  );
}
