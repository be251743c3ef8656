import type { ReactNode } from "react";
import type { MirrorShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { SmallSelect } from "../../shared/components/small-select.tsx";
import { formatNumber } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { useMedia, WIDE } from "../../shared/use-media.ts";
import { useQuery } from "../frame/use-route.ts";
import { useWords } from "../frame/words.ts";
import { Pager } from "../parts/pager.tsx";
import { SearchField } from "../parts/search-field.tsx";
import { choiceOf, chooseMirrors, countHealths, ORDERS } from "./choose.ts";
import { HealthFilter } from "./health-filter.tsx";
import { MirrorCards } from "./mirror-cards.tsx";
import { MirrorTable } from "./mirror-table.tsx";

/** Rows at once: a thousand mirrors are twenty pages. */
const PAGE = 50;

/** The mirrors: counted, narrowed, in order, page by page. */
export function MirrorList({ mirrors }: { readonly mirrors: readonly MirrorShape[] }): ReactNode {
  const words = useWords();
  const isWide = useMedia(WIDE);
  const [query, change] = useQuery();
  const choice = choiceOf(query);
  const found = chooseMirrors(mirrors, choice);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const page = Math.min(Math.max(0, Math.trunc(Number(query.get("page") ?? 1)) - 1 || 0), pages - 1);
  const shown = found.slice(page * PAGE, (page + 1) * PAGE);
  const goTo = (next: number) => change({ page: next === 0 ? "" : String(next + 1) });
  if (mirrors.length === 0) {
    return <Notice title={words("dashboard.mirrors.none")}>{words("dashboard.mirrors.none.help")}</Notice>;
  }
  return (
    <div className="flex flex-col gap-4">
      <HealthFilter
        counts={countHealths(mirrors)}
        chosen={choice.health}
        onChoose={(health) => change({ health: health ?? "", page: "" })}
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SearchField
          label={words("dashboard.mirrors.search")}
          value={choice.search}
          onChange={(search) => change({ search, page: "" })}
        />
        <SmallSelect
          label={words("dashboard.order")}
          value={choice.order}
          options={ORDERS.map((value) => ({ value, label: words(`dashboard.order.${value}`) }))}
          onChoose={(order) => change({ order: order === "configured" ? "" : order, page: "" })}
        />
      </div>
      <Found count={found.length} />
      {found.length === 0 && (
        <div className="flex flex-col items-start gap-2 py-6">
          <p className="text-muted">{words("dashboard.mirrors.none-found")}</p>
          <Button small onClick={() => change({ health: "", search: "", page: "" })}>
            {words("dashboard.mirrors.all")}
          </Button>
        </div>
      )}
      {found.length > 0 && (isWide ? <MirrorTable mirrors={shown} /> : <MirrorCards mirrors={shown} />)}
      <Pager
        onPrevious={page > 0 ? () => goTo(page - 1) : undefined}
        onNext={page + 1 < pages ? () => goTo(page + 1) : undefined}
      >
        {words("dashboard.page-of", {
          from: page * PAGE + 1,
          to: page * PAGE + shown.length,
          total: found.length,
        })}
      </Pager>
    </div>
  );
}

/** Heard, not seen: the table itself shows it. */
function Found({ count }: { readonly count: number }): ReactNode {
  const words = useWords();
  const { language } = useLanguage();
  return (
    <p role="status" className="sr-only">
      {words("dashboard.mirrors.found", { count: formatNumber(language, count) })}
    </p>
  );
}
