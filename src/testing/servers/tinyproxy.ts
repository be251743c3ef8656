import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inFolder } from "./folder.ts";
import { onFreePort, startProgram } from "./program.ts";

const TINYPROXY = { name: "tinyproxy", aptPackage: "tinyproxy-bin" };

export interface TinyproxyOptions {
  /** Ports that CONNECT may go to. Default: any. */
  readonly connectPorts?: readonly number[];
  readonly credentials?: { readonly user: string; readonly password: string };
}

export interface Tinyproxy extends AsyncDisposable {
  /** `http://127.0.0.1:8888`, without credentials. */
  readonly origin: string;
}

/** A real forward proxy: absolute-form requests and CONNECT. */
export function startTinyproxy({ connectPorts = [], credentials }: TinyproxyOptions = {}): Promise<Tinyproxy> {
  return inFolder("tinyproxy", async (folder) => {
    const file = join(folder.path, "tinyproxy.conf");
    const program = await onFreePort(async (port) => {
      const lines = [
        `Port ${port}`,
        "Listen 127.0.0.1",
        "Timeout 600",
        "MaxClients 100",
        "LogLevel Error",
        ...connectPorts.map((allowed) => `ConnectPort ${allowed}`),
        ...(credentials === undefined ? [] : [`BasicAuth ${credentials.user} ${credentials.password}`]),
      ];
      await writeFile(file, `${lines.join("\n")}\n`);
      return startProgram({ tool: TINYPROXY, args: ["-d", "-c", file], port });
    });
    return {
      origin: `http://127.0.0.1:${program.port}`,
      [Symbol.asyncDispose]: async () => {
        await program.stop();
        await folder.remove();
      },
    };
  });
}
