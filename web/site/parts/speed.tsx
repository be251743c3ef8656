import type { ReactNode } from "react";
import type { Rating, Way } from "../../../src/site/sources/index.ts";
import { formatMilliseconds } from "../../shared/format.ts";
import { useLanguage } from "../../shared/language.tsx";
import { usePagesWords } from "../frame/words.ts";
import { Stars } from "./stars.tsx";

export interface SpeedProps {
  readonly way: Way;
  readonly rating: Rating;
}

/** What this browser has measured, else what the maintainer says, else nothing. */
export function Speed({ way, rating }: SpeedProps): ReactNode {
  const words = usePagesWords();
  const { language } = useLanguage();
  if (way.kind === "reachable") return formatMilliseconds(language, way.milliseconds);
  if (way.kind === "unreachable") return <span className="text-bad">{words("pages.unreachable")}</span>;
  return <Rated rating={rating} />;
}

export function Rated({ rating }: { readonly rating: Rating }): ReactNode {
  return rating.kind === "stars" ? <Stars stars={rating.stars} /> : "–";
}
