import * as z from "zod";
import { mapping, text } from "./scalars.ts";

/** A text in both languages of the pages; where one is left out, the other stands in, and a plain text is for both. */
export const localized = () =>
  z.union(
    [
      text().transform((one) => ({ en: one, "zh-CN": one })),
      mapping({
        en: text().optional().describe("In English. Default: as in the other language."),
        "zh-CN": text().optional().describe("In Chinese. Default: as in the other language."),
      }).transform(({ en, "zh-CN": chinese }, context) => {
        const some = en ?? chinese;
        if (some !== undefined) return { en: en ?? some, "zh-CN": chinese ?? some };
        context.addIssue({ code: "custom", message: "expected en, zh-CN or both" });
        return z.NEVER;
      }),
    ],
    { error: "expected a text, or a mapping with en and zh-CN" },
  );
