import type { Case } from "../case.ts";
import { BIG_CASES } from "./big.ts";
import { IMAGES_CASES } from "./images.ts";
import { TAGS_CASES } from "./tags.ts";

/** All rows of the benchmark, in the order in which they are shown. */
export const CASES: readonly Case[] = [...BIG_CASES, ...IMAGES_CASES, ...TAGS_CASES];
