import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { SessionShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { useLanguage, useSharedWords } from "../../shared/language.tsx";
import { ask, Refused } from "../data/ask.ts";
import { Problem } from "../parts/problem.tsx";
import { SignIn } from "./sign-in.tsx";
import { useWords } from "./words.ts";

interface SessionState extends SessionShape {
  /** Whether this token may change anything. */
  readonly isOperator: boolean;
  /** The daemon knows this login no more. */
  readonly ended: () => void;
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<SessionState | undefined>(undefined);

type State =
  | { readonly kind: "asking" }
  | { readonly kind: "refused"; readonly refused: Refused }
  | { readonly kind: "out"; readonly hasEnded: boolean }
  | { readonly kind: "in"; readonly session: SessionShape };

/** Draws what is inside for those who have signed in, and the door for all others. */
export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { language } = useLanguage();
  const [state, setState] = useState<State>({ kind: "asking" });
  const look = useCallback(async () => {
    try {
      setState({ kind: "in", session: await ask<SessionShape>("session", { language }) });
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setState(refused.status === 401 ? { kind: "out", hasEnded: false } : { kind: "refused", refused });
    }
  }, [language]);
  useEffect(() => {
    if (state.kind === "asking") void look();
  }, [state.kind, look]);
  const session = state.kind === "in" ? state.session : undefined;
  const value = useMemo(
    () =>
      session && {
        ...session,
        isOperator: session.role === "operator",
        ended: () => setState({ kind: "out", hasEnded: true }),
        signOut: async () => {
          await ask("session", { language, method: "DELETE" });
          setState({ kind: "out", hasEnded: false });
        },
      },
    [session, language],
  );
  if (value !== undefined) return <SessionContext value={value}>{children}</SessionContext>;
  switch (state.kind) {
    case "out":
      return <SignIn hasEnded={state.hasEnded} onSignedIn={(next) => setState({ kind: "in", session: next })} />;
    case "refused":
      return <NoDaemon refused={state.refused} again={() => setState({ kind: "asking" })} />;
    default:
      return <Waiting />;
  }
}

export function useSession(): SessionState {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("there is no SessionProvider around this component");
  return session;
}

function Waiting(): ReactNode {
  return <p className="p-8 text-muted">{useSharedWords()("web.loading")}</p>;
}

function NoDaemon({ refused, again }: { readonly refused: Refused; readonly again: () => void }): ReactNode {
  const words = useWords();
  return (
    <main className="mx-auto flex max-w-2xl flex-col items-start gap-4 p-8">
      <Problem refused={refused} />
      <Button icon="refresh" onClick={again}>
        {words("dashboard.try-again")}
      </Button>
    </main>
  );
}
