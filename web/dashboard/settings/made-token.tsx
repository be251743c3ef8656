import type { ReactNode } from "react";
import type { NewTokenShape } from "../../../src/daemon/api/shapes.ts";
import { Command } from "../../shared/components/code.tsx";
import { Dialog } from "../../shared/components/dialog.tsx";
import { useWords } from "../frame/words.ts";

export interface MadeTokenProps {
  readonly made: NewTokenShape;
  readonly onClose: () => void;
}

/** A token, the only time that it is shown: nothing keeps it once this is closed. */
export function MadeToken({ made: { name, token }, onClose }: MadeTokenProps): ReactNode {
  const words = useWords();
  return (
    <Dialog title={words("dashboard.token.made", { name })} onClose={onClose}>
      <p>{words("dashboard.token.made.help")}</p>
      <Command text={token} label={words("dashboard.token.copy")} />
    </Dialog>
  );
}
