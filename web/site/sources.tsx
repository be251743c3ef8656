import { mountPage } from "./frame/mount.tsx";
import { SourcesPage } from "./sources/sources-page.tsx";

mountPage("sources", SourcesPage);
