import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Authority } from "./certificates.ts";
import { inFolder } from "./folder.ts";
import { onFreePort, startProgram } from "./program.ts";

const NGINX = { name: "nginx", aptPackage: "nginx-light" };

export interface TlsFrontOptions {
  /** What is behind it: `127.0.0.1:5000`. */
  readonly upstream: string;
  readonly authority: Authority;
  /** Clients must show a certificate of the authority. Default off. */
  readonly clientCertificates?: boolean;
}

export interface TlsFront extends AsyncDisposable {
  readonly host: string;
  readonly origin: string;
}

/** nginx, which speaks TLS in front of a server that does not. Bodies pass through unbuffered, both ways. */
export function startTlsFront(options: TlsFrontOptions): Promise<TlsFront> {
  return inFolder("nginx", async (folder) => {
    const file = join(folder.path, "nginx.conf");
    const program = await onFreePort(async (port) => {
      await writeFile(file, config(folder.path, port, options));
      return startProgram({ tool: NGINX, args: ["-e", "stderr", "-p", folder.path, "-c", file], port });
    });
    const host = `127.0.0.1:${program.port}`;
    return {
      host,
      origin: `https://${host}`,
      [Symbol.asyncDispose]: async () => {
        await program.stop();
        await folder.remove();
      },
    };
  });
}

function config(folder: string, port: number, { upstream, authority, clientCertificates }: TlsFrontOptions): string {
  const verify = clientCertificates === true ? `ssl_verify_client on; ssl_client_certificate ${authority.caFile};` : "";
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${join(folder, kind)};`)
    .join("\n  ");
  return `
daemon off;
master_process off;
pid ${join(folder, "nginx.pid")};
error_log stderr;
events {}
http {
  access_log off;
  ${temporary}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${authority.server.certFile};
    ssl_certificate_key ${authority.server.keyFile};
    ${verify}
    client_max_body_size 0;
    keepalive_requests 100000;
    location / {
      proxy_pass http://${upstream};
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto https;
      proxy_set_header Connection "";
      proxy_buffering off;
      proxy_request_buffering off;
      proxy_read_timeout 900s;
    }
  }
}
`;
}
