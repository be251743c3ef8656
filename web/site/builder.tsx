import { type ReactNode, useEffect } from "react";
import { pageAddress } from "../shared/language.tsx";
import { BuilderPage } from "./builder/builder-page.tsx";
import { mountPage } from "./frame/mount.tsx";
import { PAGE_FILES } from "./frame/pages.ts";
import { useSite } from "./frame/site.tsx";

mountPage("builder", Builder);

/** A site without a form begins with its sources. */
function Builder(): ReactNode {
  const { compose } = useSite();
  useEffect(() => {
    if (compose === undefined) location.replace(pageAddress(PAGE_FILES.sources));
  }, [compose]);
  return compose === undefined ? null : <BuilderPage form={compose} />;
}
