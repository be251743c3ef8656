import { type FormEvent, type ReactNode, useState } from "react";
import type { NewTokenShape, SessionShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Field, inputClass } from "../../shared/components/field.tsx";
import { Select } from "../../shared/components/select.tsx";
import { Refused } from "../data/ask.ts";
import { useAsk } from "../data/use-ask.ts";
import { useWords } from "../frame/words.ts";
import { refusalText } from "../parts/problem.tsx";

const ROLES: readonly SessionShape["role"][] = ["reader", "operator"];

/** Makes a token for somebody, or for a program. */
export function NewToken({ onMade }: { readonly onMade: (token: NewTokenShape) => void }): ReactNode {
  const words = useWords();
  const ask = useAsk();
  const [name, setName] = useState("");
  const [role, setRole] = useState<SessionShape["role"]>("reader");
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  async function make(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!/^[\w.@-]{1,64}$/.test(name)) return setProblem(words("dashboard.token.name.invalid"));
    setBusy(true);
    try {
      onMade(await ask<NewTokenShape>("tokens", { method: "POST", body: { name, role } }));
      setName("");
      setProblem(undefined);
    } catch (refused) {
      if (!(refused instanceof Refused)) throw refused;
      setProblem(refusalText(refused, words));
    } finally {
      setBusy(false);
    }
  }
  return (
    <form
      noValidate
      onSubmit={make}
      aria-label={words("dashboard.token.make")}
      className="flex flex-col gap-4 rounded-card border border-line bg-surface p-4 sm:flex-row sm:items-start sm:p-5"
    >
      <div className="sm:w-72">
        <Field
          label={words("dashboard.token.name")}
          help={words("dashboard.token.name.help")}
          {...(problem !== undefined && { problem })}
          required
        >
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={name}
              onChange={(event) => setName(event.target.value)}
              className={inputClass()}
            />
          )}
        </Field>
      </div>
      <div className="sm:w-72">
        <Field label={words("dashboard.role")} help={words(`dashboard.role.${role}.help`)}>
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={(event) => setRole(ROLES.find((known) => known === event.target.value) ?? "reader")}
            >
              {ROLES.map((known) => (
                <option key={known} value={known}>
                  {words(`dashboard.role.${known}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Button type="submit" disabled={isBusy} className="self-start sm:mt-7.5">
        {words("dashboard.token.make")}
      </Button>
    </form>
  );
}
