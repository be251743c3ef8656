import { mountPage } from "./frame/mount.tsx";
import { StatusPage } from "./status/status-page.tsx";

mountPage("status", StatusPage);
