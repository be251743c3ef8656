import { type ReactNode, useState } from "react";
import type { OverviewShape, TestShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { useAction } from "../data/use-action.ts";
import { useAnswer } from "../data/use-answer.ts";
import { useAsk } from "../data/use-ask.ts";
import { useSession } from "../frame/session.tsx";
import { useWords } from "../frame/words.ts";
import { Line } from "../parts/line.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { ErrorText } from "../parts/problem.tsx";
import { Section } from "../parts/section.tsx";

/** Where messages go, and whether they arrive. */
export function Channels({ onTested }: { readonly onTested: () => void }): ReactNode {
  const words = useWords();
  const overview = useAnswer<OverviewShape>("overview");
  return (
    <Section title={words("dashboard.channels")}>
      <Loaded of={overview}>
        {({ channels }) =>
          channels.length === 0 ? (
            <Notice title={words("dashboard.channels.none")}>
              <Line text={words("dashboard.channels.none.help")} />
            </Notice>
          ) : (
            <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
              {channels.map((name) => (
                <Channel key={name} name={name} onTested={onTested} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  );
}

interface ChannelProps {
  readonly name: string;
  readonly onTested: () => void;
}

function Channel({ name, onTested }: ChannelProps): ReactNode {
  const words = useWords();
  const ask = useAsk();
  const { isOperator } = useSession();
  const { isBusy, act } = useAction();
  const [tested, setTested] = useState<TestShape>();
  async function test(): Promise<void> {
    setTested(undefined);
    const path = `channels/${encodeURIComponent(name)}/test`;
    setTested(await act(() => ask<TestShape>(path, { method: "POST" })));
    onTested();
  }
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium wrap-anywhere">{name}</span>
        {isOperator && (
          <Button small disabled={isBusy} aria-label={`${words("dashboard.channel.test")}: ${name}`} onClick={test}>
            {words("dashboard.channel.test")}
          </Button>
        )}
      </div>
      <div role="status" className="text-sm">
        {isBusy && <p className="text-muted">{words("dashboard.channel.testing")}</p>}
        {tested?.delivered === true && <p className="text-good">{words("dashboard.channel.delivered")}</p>}
        {tested?.delivered === false && (
          <>
            <p className="font-medium text-bad">{words("dashboard.channel.not-delivered")}</p>
            {tested.error !== undefined && <ErrorText error={tested.error} />}
          </>
        )}
      </div>
    </li>
  );
}
