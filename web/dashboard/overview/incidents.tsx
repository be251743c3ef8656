import { type ReactNode, useState } from "react";
import type { OverviewShape } from "../../../src/daemon/api/shapes.ts";
import { Button } from "../../shared/components/button.tsx";
import { Code } from "../../shared/components/code.tsx";
import { Notice } from "../../shared/components/notice.tsx";
import { useWords } from "../frame/words.ts";
import { Line } from "../parts/line.tsx";
import { Moment } from "../parts/moment.tsx";
import { ErrorText } from "../parts/problem.tsx";

/** So many are shown at first: what stands below has to be seen, too. */
const SHOWN = 4;

/** What is wrong now, before anything else: a configuration that is refused, and all that people were told of. */
export function Incidents({ overview }: { readonly overview: OverviewShape }): ReactNode {
  const words = useWords();
  const [isAll, setAll] = useState(false);
  const { incidents, configuration } = overview;
  const { error } = configuration;
  const shown = isAll ? incidents : incidents.slice(0, SHOWN);
  return (
    <>
      {error !== undefined && (
        <Notice tone="bad" title={words("dashboard.configuration.refused")}>
          <p className="mb-1">
            <Code>{configuration.file}</Code>
          </p>
          <ErrorText error={error} />
        </Notice>
      )}
      {incidents.length > 0 && (
        <Notice tone="warning" title={words("dashboard.incidents", { count: incidents.length })}>
          <ul className="mt-1 flex flex-col gap-1">
            {shown.map((incident) => (
              <li key={`${incident.kind} ${incident.subject}`} className="wrap-anywhere">
                <Line text={incident.text} />{" "}
                <span className="text-muted">
                  (<Moment at={incident.since} />)
                </span>
              </li>
            ))}
          </ul>
          {incidents.length > SHOWN && (
            <Button small kind="quiet" aria-expanded={isAll} className="mt-1 -ml-3" onClick={() => setAll(!isAll)}>
              {isAll
                ? words("dashboard.incidents.fewer")
                : words("dashboard.incidents.all", { count: incidents.length })}
            </Button>
          )}
        </Notice>
      )}
    </>
  );
}
