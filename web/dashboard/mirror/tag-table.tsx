import { type ReactNode, useDeferredValue, useState } from "react";
import type { MirrorShape, Page, TagRowShape } from "../../../src/daemon/api/shapes.ts";
import { Address, Code } from "../../shared/components/code.tsx";
import { type Column, DataTable } from "../../shared/components/data-table.tsx";
import { SmallSelect } from "../../shared/components/small-select.tsx";
import { useAnswer } from "../data/use-answer.ts";
import { useQuery } from "../frame/use-route.ts";
import { useWords } from "../frame/words.ts";
import { Digest } from "../parts/digest.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Pager } from "../parts/pager.tsx";
import { SearchField } from "../parts/search-field.tsx";
import { Section } from "../parts/section.tsx";
import { repositoriesOf, repositoryOf } from "./repositories.ts";
import { TagCell } from "./tag-cell.tsx";

const STATES = ["", "behind", "failed", "in-step"] as const;
const PAGE = 20;

/** What each tag is at the source and at each destination, by digest. */
export function TagTable({ mirror }: { readonly mirror: MirrorShape }): ReactNode {
  const words = useWords();
  const [query, change] = useQuery();
  const state = STATES.find((known) => known === query.get("state")) ?? "";
  const search = query.get("search") ?? "";
  const narrowed = useDeferredValue(
    new URLSearchParams({ ...(state && { state }), ...(search && { search }) }).toString(),
  );
  return (
    <Section
      title={words("dashboard.tags")}
      lead={words("dashboard.tags.lead")}
      tools={
        <>
          <SearchField
            label={words("dashboard.tags.search")}
            value={search}
            onChange={(next) => change({ search: next })}
          />
          <SmallSelect
            label={words("dashboard.tags.which")}
            value={state}
            options={STATES.map((value) => ({ value, label: words(`dashboard.tags.which.${value || "all"}`) }))}
            onChoose={(next) => change({ state: next })}
          />
        </>
      }
    >
      <TagPages key={narrowed} mirror={mirror} narrowed={narrowed} />
    </Section>
  );
}

interface TagPagesProps {
  readonly mirror: MirrorShape;
  /** As a query. */
  readonly narrowed: string;
}

function TagPages({ mirror, narrowed }: TagPagesProps): ReactNode {
  const words = useWords();
  /** What each page that was come through begins behind. */
  const [behind, setBehind] = useState<readonly string[]>([]);
  const after = behind.at(-1);
  const query = new URLSearchParams(narrowed);
  query.set("limit", String(PAGE));
  if (after !== undefined) query.set("after", after);
  const path = `mirrors/${encodeURIComponent(mirror.name)}/tags?${query}`;
  const tags = useAnswer<Page<TagRowShape>>(path, mirror.name);
  return (
    <div className="flex min-h-40 flex-col gap-4">
      <Loaded of={tags}>
        {({ items, next }) => (
          <>
            {items.length === 0 && (
              <p className="py-4 text-muted">
                {words(narrowed === "" ? "dashboard.tags.none" : "dashboard.tags.none-found")}
              </p>
            )}
            {items.length > 0 && <Rows mirror={mirror} rows={items} />}
            <Pager
              onPrevious={behind.length > 0 ? () => setBehind(behind.slice(0, -1)) : undefined}
              onNext={next === undefined ? undefined : () => setBehind([...behind, next])}
            >
              {words("dashboard.page", { page: behind.length + 1 })}
            </Pager>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Rows({ mirror, rows }: { readonly mirror: MirrorShape; readonly rows: readonly TagRowShape[] }): ReactNode {
  const words = useWords();
  const columns: readonly Column<TagRowShape>[] = [
    { id: "tag", header: words("dashboard.tag"), cell: ({ tag }) => <Code>{tag}</Code> },
    {
      id: "source",
      header: words("dashboard.source"),
      cell: ({ sourceDigest }) => (sourceDigest === undefined ? "–" : <Digest digest={sourceDigest} />),
    },
    ...repositoriesOf(mirror, rows).map(
      (repository): Column<TagRowShape> => ({
        id: repository,
        header: <Address address={repository} />,
        hasLongHeader: true,
        cell: (row) => {
          const here = row.destinations.filter(({ destination }) => repositoryOf(destination) === repository);
          return <TagCell mirror={mirror} row={row} here={here} />;
        },
      }),
    ),
  ];
  return <DataTable caption={words("dashboard.tags")} columns={columns} rows={rows} keyOf={({ tag }) => tag} />;
}
