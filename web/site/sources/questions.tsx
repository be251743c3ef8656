import type { ReactNode } from "react";
import { Icon } from "../../shared/components/icon.tsx";
import { useLocal } from "../../shared/language.tsx";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { PageSection } from "../parts/page-section.tsx";
import { Prose } from "../parts/prose.tsx";

/** What is asked often, with the maintainer's answers. */
export function Questions(): ReactNode {
  const { faq } = useSite();
  const words = usePagesWords();
  const local = useLocal();
  if (faq.length === 0) return null;
  return (
    <PageSection id="faq" title={words("pages.faq")}>
      <div className="max-w-3xl divide-y divide-line border-y border-line">
        {faq.map(({ id, question, answer }) => (
          <details key={id} id={`faq-${id}`} className="group">
            <summary className="flex list-none items-center justify-between gap-4 py-4 font-medium">
              {local(question)}
              <span className="text-muted group-open:rotate-180 motion-safe:transition-transform">
                <Icon name="chevron" />
              </span>
            </summary>
            <div className="pr-8 pb-5 text-muted">
              <Prose text={local(answer)} />
            </div>
          </details>
        ))}
      </div>
    </PageSection>
  );
}
