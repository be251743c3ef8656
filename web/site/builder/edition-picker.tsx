import { type ReactNode, useState } from "react";
import type { Edition } from "../../../src/site/compose/index.ts";
import { Field, inputClass } from "../../shared/components/field.tsx";
import { Select } from "../../shared/components/select.tsx";
import { pageAddress } from "../../shared/language.tsx";
import { useSite } from "../frame/site.tsx";
import { usePagesWords } from "../frame/words.ts";
import { PageSection } from "../parts/page-section.tsx";
import { usualTag } from "./use-builder.ts";

/** No tag: a tag has no colon. */
const OTHER = "other:";
const DIGEST = "digest:";

export interface EditionPickerProps {
  readonly edition: Edition;
  readonly problem: string | undefined;
  readonly onChange: (edition: Edition) => void;
  readonly onLeave: (field: Edition["kind"]) => void;
}

/** Which edition of the image: a tag of the list, any other, or a digest. */
export function EditionPicker({ edition, problem, onChange, onLeave }: EditionPickerProps): ReactNode {
  const words = usePagesWords();
  const site = useSite();
  const tags = site.tags.length === 0 ? [usualTag(site)] : site.tags;
  const [isOther, setOther] = useState(edition.kind === "tag" && !tags.includes(edition.tag));
  const chosen = edition.kind === "digest" ? DIGEST : isOther || !tags.includes(edition.tag) ? OTHER : edition.tag;
  function choose(value: string): void {
    setOther(value === OTHER);
    if (value === DIGEST) onChange({ kind: "digest", digest: "" });
    else onChange({ kind: "tag", tag: value === OTHER ? "" : value });
  }
  return (
    <PageSection id="edition" title={words("pages.builder.edition")}>
      <Field label={words("pages.builder.tag")} id="edition-choice" help={words("pages.builder.tag.help")}>
        {(control) => (
          <Select {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            {tags.map((tag, index) => (
              <option key={tag} value={tag}>
                {index === 0 ? words("pages.builder.usual", { tag }) : tag}
              </option>
            ))}
            <option value={OTHER}>{words("pages.builder.other-tag")}</option>
            <option value={DIGEST}>{words("pages.builder.by-digest")}</option>
          </Select>
        )}
      </Field>
      {chosen === OTHER && edition.kind === "tag" && (
        <Field label={words("pages.builder.other-tag.label")} id="field-tag" problem={problem} required>
          {(control) => (
            <input
              {...control}
              {...PLAIN}
              value={edition.tag}
              onChange={(event) => onChange({ kind: "tag", tag: event.target.value.trim() })}
              onBlur={() => onLeave("tag")}
            />
          )}
        </Field>
      )}
      {edition.kind === "digest" && (
        <Field
          label={words("pages.builder.digest")}
          id="field-digest"
          problem={problem}
          required
          help={
            <a href={`${pageAddress("sources.html")}#verify`} className="text-accent underline">
              {words("pages.builder.digest.help")}
            </a>
          }
        >
          {(control) => (
            <input
              {...control}
              {...PLAIN}
              value={edition.digest}
              placeholder="sha256:…"
              onChange={(event) => onChange({ kind: "digest", digest: event.target.value.trim() })}
              onBlur={() => onLeave("digest")}
            />
          )}
        </Field>
      )}
    </PageSection>
  );
}

const PLAIN = {
  type: "text",
  autoComplete: "off",
  autoCapitalize: "off",
  spellCheck: false,
  className: inputClass("font-mono text-sm"),
} as const;
