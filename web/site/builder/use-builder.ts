import { type Dispatch, useEffect, useMemo, useReducer } from "react";
import type { ComposeForm } from "../../../src/site/compose/form.ts";
import { type Answers, decodeLink, type SharedAnswers } from "../../../src/site/compose/index.ts";
import type { SiteData } from "../../../src/site/model.ts";
import { isOffered } from "../frame/site.tsx";
import { type Draft, draftOf } from "./draft.ts";
import { type BuilderAction, type BuilderState, initialState, reduce } from "./state.ts";

export interface Builder extends BuilderState {
  readonly form: ComposeForm;
  readonly draft: Draft;
  readonly act: Dispatch<BuilderAction>;
  /** Goes on with what a file says; the rest is as it was before anybody answered. */
  readonly open: (found: SharedAnswers) => void;
}

/** What is chosen where nobody has said anything yet. */
export function usualTag({ tags }: SiteData): string {
  return tags[0] ?? "latest";
}

/**
 * The answers and the file that they make. They begin with those of the address, if it carries some.
 * @param recommended the source to follow until the reader chooses one
 */
export function useBuilder(site: SiteData, form: ComposeForm, recommended: string | undefined): Builder {
  const [state, act] = useReducer(reduce, undefined, () => {
    const { answers, hasChosenSource } = beginningWith(linkedAnswers(form), site, recommended);
    return initialState(answers, hasChosenSource);
  });
  const open = (found: SharedAnswers) => act({ kind: "opened", ...beginningWith(found, site, recommended) });
  useEffect(() => {
    if (recommended !== undefined) act({ kind: "recommended", source: recommended });
  }, [recommended]);
  useEffect(() => {
    const follow = () => {
      const linked = linkedAnswers(form);
      // Every other fragment is a place on the page.
      if (linked.source !== undefined) act({ kind: "opened", ...beginningWith(linked, site, recommended) });
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [site, form, recommended]);
  const { answers } = state;
  const draft = useMemo(() => draftOf(form, answers, site.sources, usualTag(site)), [site, form, answers]);
  return { ...state, form, draft, act, open };
}

function linkedAnswers(form: ComposeForm): SharedAnswers {
  return decodeLink(form, location.hash);
}

interface Beginning {
  readonly answers: Answers;
  readonly hasChosenSource: boolean;
}

/** What a link or a file says, and the usual for the rest; a source that is offered no more gives way to another. */
function beginningWith(found: SharedAnswers, site: SiteData, recommended: string | undefined): Beginning {
  const named = site.sources.find((source) => source.id === found.source && isOffered(source));
  return {
    answers: {
      source: named?.id ?? recommended ?? site.sources[0]?.id ?? "",
      edition: found.edition ?? { kind: "tag", tag: usualTag(site) },
      values: found.values,
      secrets: found.secrets ?? "file",
    },
    hasChosenSource: named !== undefined,
  };
}
