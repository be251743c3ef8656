import type { ReactNode } from "react";
import { usePagesWords } from "../frame/words.ts";

const MOST = 5;

/** What the maintainer says where nothing is measured. */
export function Stars({ stars }: { readonly stars: number }): ReactNode {
  const words = usePagesWords();
  return (
    <span role="img" aria-label={words("pages.stars", { stars, most: MOST })} className="tracking-wider text-muted">
      {"★".repeat(stars) + "☆".repeat(Math.max(0, MOST - stars))}
    </span>
  );
}
