import { type ReactNode, useState } from "react";
import type { DeliveryShape, Page } from "../../../src/daemon/api/shapes.ts";
import { Badge, type Tone } from "../../shared/components/badge.tsx";
import { Button } from "../../shared/components/button.tsx";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useAnswer } from "../data/use-answer.ts";
import { useWords } from "../frame/words.ts";
import { Loaded } from "../parts/loaded.tsx";
import { Moment } from "../parts/moment.tsx";
import { PageTitle } from "../parts/page-title.tsx";
import { ErrorText } from "../parts/problem.tsx";
import { Section } from "../parts/section.tsx";
import { Channels } from "./channels.tsx";

const FIRST = 50;
/** As many as the daemon tells. */
const MOST = 500;

/** Messages to people, and what became of them. */
export function DeliveriesPage(): ReactNode {
  const words = useWords();
  const [limit, setLimit] = useState(FIRST);
  const deliveries = useAnswer<Page<DeliveryShape>>(`deliveries?limit=${limit}`);
  return (
    <>
      <PageTitle title={words("dashboard.deliveries")} lead={words("dashboard.deliveries.lead")} />
      <div className="flex flex-col gap-10">
        <Channels onTested={deliveries.again} />
        <Section title={words("dashboard.messages")}>
          <Loaded of={deliveries}>
            {({ items }) => (
              <>
                {items.length === 0 && <p className="py-4 text-muted">{words("dashboard.messages.none")}</p>}
                {items.length > 0 && <Messages messages={items} />}
                {items.length === limit && limit < MOST && (
                  <Button small className="self-start" onClick={() => setLimit(MOST)}>
                    {words("dashboard.messages.more")}
                  </Button>
                )}
              </>
            )}
          </Loaded>
        </Section>
      </div>
    </>
  );
}

const TONES: Readonly<Record<DeliveryShape["state"], Tone>> = { waiting: "accent", sent: "good", "given-up": "bad" };

function Messages({ messages }: { readonly messages: readonly DeliveryShape[] }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  const columns: readonly Column<DeliveryShape>[] = [
    {
      id: "title",
      header: words("dashboard.message"),
      cell: ({ title, error, state }) => (
        <div className="flex flex-col gap-1 wrap-anywhere">
          {title}
          {error !== undefined && state !== "sent" && (
            <div className="text-xs/5 font-normal">
              <ErrorText error={error} />
            </div>
          )}
        </div>
      ),
    },
    {
      id: "channel",
      header: words("dashboard.channel"),
      cell: ({ channel }) => <span className="wrap-anywhere">{channel}</span>,
    },
    {
      id: "state",
      header: words("dashboard.column.state"),
      cell: ({ state }) => <Badge tone={TONES[state]}>{words(`dashboard.message.${state}`)}</Badge>,
    },
    { id: "created", header: words("dashboard.message.created"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    {
      id: "sent",
      header: words("dashboard.message.delivered"),
      cell: ({ state, sentAt, nextAt }) =>
        state === "waiting" ? (
          <span className="text-muted">
            {words("dashboard.message.next")} <Moment at={nextAt} />
          </span>
        ) : (
          <Moment at={sentAt} />
        ),
    },
    {
      id: "attempts",
      header: words("dashboard.message.attempts"),
      alignment: "right",
      cell: ({ attempts }) => formatNumber(language, attempts),
    },
  ];
  return (
    <DataTable
      caption={words("dashboard.messages")}
      columns={columns}
      rows={messages}
      keyOf={({ id, channel }) => `${channel} ${id}`}
    />
  );
}
