import { isList, isMapping } from "../../config/compose/template.ts";
import { isSameImage } from "./images.ts";
import type { Plain } from "./render.ts";

/** Where a file says what another does not: `services.web.labels`, `services.web.volumes[2]`. Order in lists counts for nothing. */
export function unreadPaths(file: Plain, made: Plain | undefined, path = ""): readonly string[] {
  if (isMapping(file) && isMapping(made)) {
    return Object.entries(file).flatMap(([key, value]) =>
      unreadPaths(value, Object.hasOwn(made, key) ? made[key] : undefined, path === "" ? key : `${path}.${key}`),
    );
  }
  if (isList(file) && made !== undefined && isList(made)) {
    const left = [...made];
    return file.flatMap((item, at) => {
      const same = left.findIndex((other) => isSame(item, other));
      if (same >= 0) left.splice(same, 1);
      return same >= 0 ? [] : [`${path}[${at}]`];
    });
  }
  return isSame(file, made) ? [] : [path];
}

function isSame(file: Plain, made: Plain | undefined): boolean {
  if (isMapping(file) || isList(file)) {
    const isAlike = made !== undefined && (isMapping(file) ? isMapping(made) : isList(made));
    return isAlike && unreadPaths(file, made).length === 0;
  }
  if (made === undefined || isMapping(made) || isList(made)) return false;
  const [one, other] = [textOf(file), textOf(made)];
  return one === other || (one.includes("/") && isSameImage(one, other));
}

/** Nothing can be written in several ways. */
function textOf(scalar: string | number | boolean | null): string {
  return scalar === null || scalar === "~" || scalar === "null" ? "" : String(scalar);
}
