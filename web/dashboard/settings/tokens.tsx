import { type ReactNode, useState } from "react";
import type { NewTokenShape, Page, TokenShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { Dialog } from "../../shared/components/dialog.tsx";
import { useAnnounce } from "../../shared/components/live-region.tsx";
import { useAction } from "../data/use-action.ts";
import { useAnswer } from "../data/use-answer.ts";
import { useAsk } from "../data/use-ask.ts";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { Section } from "../parts/section.tsx";
import { MadeToken } from "./made-token.tsx";
import { NewToken } from "./new-token.tsx";

/** Who may ask the daemon. */
export function Tokens(): ReactNode {
  const words = useWords();
  const tokens = useAnswer<Page<TokenShape>>("tokens");
  const [made, setMade] = useState<NewTokenShape>();
  const [removed, setRemoved] = useState<TokenShape>();
  const columns: readonly Column<TokenShape>[] = [
    {
      id: "name",
      header: words("dashboard.token.name"),
      cell: ({ name }) => <span className="wrap-anywhere">{name}</span>,
    },
    { id: "role", header: words("dashboard.role"), cell: ({ role }) => words(`dashboard.role.${role}`) },
    { id: "created", header: words("dashboard.token.created"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { id: "used", header: words("dashboard.token.used"), cell: ({ usedAt }) => <Moment at={usedAt} /> },
    {
      id: "remove",
      header: <span className="sr-only">{words("dashboard.token.remove")}</span>,
      cell: (token) => (
        <Button
          small
          kind="quiet"
          className="-my-1.5"
          aria-label={`${words("dashboard.token.remove")}: ${token.name}`}
          onClick={() => setRemoved(token)}
        >
          {words("dashboard.token.remove")}
        </Button>
      ),
    },
  ];
  return (
    <Section title={words("dashboard.tokens")} lead={words("dashboard.tokens.lead")}>
      <Loaded of={tokens}>
        {({ items }) => (
          <DataTable caption={words("dashboard.tokens")} columns={columns} rows={items} keyOf={({ name }) => name} />
        )}
      </Loaded>
      <NewToken
        onMade={(token) => {
          setMade(token);
          tokens.again();
        }}
      />
      {made !== undefined && <MadeToken made={made} onClose={() => setMade(undefined)} />}
      {removed !== undefined && (
        <RemoveToken token={removed} onClose={() => setRemoved(undefined)} onRemoved={tokens.again} />
      )}
    </Section>
  );
}

interface RemoveTokenProps {
  readonly token: TokenShape;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

function RemoveToken({ token: { name }, onClose, onRemoved }: RemoveTokenProps): ReactNode {
  const words = useWords();
  const ask = useAsk();
  const announce = useAnnounce();
  const { isBusy, act } = useAction();
  async function remove(): Promise<void> {
    const path = `tokens/${encodeURIComponent(name)}`;
    const isRemoved = await act(() => ask(path, { method: "DELETE" }).then(() => true));
    if (isRemoved) announce(words("dashboard.token.removed", { name }));
    onRemoved();
    onClose();
  }
  return (
    <Dialog title={words("dashboard.token.remove-title", { name })} onClose={onClose}>
      <p>{words("dashboard.token.remove-help")}</p>
      <div className="flex flex-wrap gap-2">
        <Button kind="danger" disabled={isBusy} onClick={remove}>
          {words("dashboard.token.remove")}
        </Button>
        <Button onClick={onClose}>{words("dashboard.keep")}</Button>
      </div>
    </Dialog>
  );
}
