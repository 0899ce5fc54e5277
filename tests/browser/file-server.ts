/** @file A web server for tests: folders under names, with ranges of bytes. */
import { open, readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface FileServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** How many bytes of files were asked for and sent, path by path. */
  readonly sent: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

export interface FileServerOptions {
  /** Folders by the first part of the path. */
  readonly folders: Readonly<Record<string, string>>;
  /** Texts by path. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Whether it knows ranges. @default true */
  readonly ranges?: boolean;
}

export async function serveFiles({
  folders,
  texts = {},
  ranges = true,
}: FileServerOptions): Promise<FileServer> {
  const sent = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://host').pathname));
    const [, name = '', ...rest] = path.split('/');
    const text = texts[path];
    try {
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
      const range = ranges ? request.headers.range : undefined;
      const body =
        text === undefined
          ? await readPart(join(folders[name]!, ...rest), range, response)
          : Buffer.from(text);
      sent.set(path, (sent.get(path) ?? 0) + body.length);
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, sent, close };
}

/** The whole file, or the part of it that `range` asks for. */
async function readPart(path: string, range: string | undefined, response: ServerResponse): Promise<Buffer> {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  if (first === undefined) return readFile(path);
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const length = Math.min(Number(last) + 1, size) - Number(first);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, Number(first));
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${first}-${Number(first) + length - 1}/${size}`);
    return buffer;
  } finally {
    await file.close();
  }
}
