/**
 * @file A server that speaks the hub's protocol over real HTTP: names, trees, files with the hub's headers, large files by a redirect to
 * another host, as the hub does it. It keeps a record of what it was asked, and fails on purpose.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What goes wrong with the answer for one file; each happens once. */
export type Fault =
  /** The connection ends after so many bytes. */
  | { readonly kind: 'cut'; readonly after: number }
  /** The answer is whole as HTTP has it, but holds so many bytes only. */
  | { readonly kind: 'truncate'; readonly to: number }
  /** One byte is another. */
  | { readonly kind: 'corrupt'; readonly at: number }
  | { readonly kind: 'too-long' }
  /** The whole file is sent, whatever range was asked for. */
  | { readonly kind: 'no-range' }
  /** Nothing more comes after so many bytes, and the connection stays open. */
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export interface ServedRepository {
  /** Contents by path. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly gated?: boolean;
  /** Who may see it; everyone without. */
  readonly token?: string;
  /** What the list says instead of the files' own sizes. */
  readonly claimedSizes?: ReadonlyMap<string, number>;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly range: string | undefined;
  readonly authorization: string | undefined;
}

/** Files at least as long are kept as the hub keeps large ones. */
const LARGE_BYTES = 20_000;
const PAGE = 7;

export class HubServer {
  /** Revisions of each repository by name: branch or tag to commit. */
  readonly revisions = new Map<string, Map<string, string>>();
  /** Every request, in order. */
  readonly asked: Asked[] = [];
  /** Bytes of file contents that were sent. */
  bytesSent = 0;
  /** Bytes a second; as fast as it goes without. */
  speed: number | undefined;
  /** A status with which every question about a repository is answered. */
  apiStatus: number | undefined;
  readonly #repositories = new Map<string, Map<string, ServedRepository>>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  /** Where large files lie: another origin, which must never see a token. */
  readonly #storage = createServer((request, response) => void this.#answerStorage(request, response));

  async start(): Promise<this> {
    await Promise.all([listen(this.#server), listen(this.#storage)]);
    return this;
  }

  async stop(): Promise<void> {
    for (const server of [this.#server, this.#storage]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  get url(): string {
    return addressOf(this.#server);
  }

  /** Serves `repository` as `name`, as the commit of `revision`. @returns the commit */
  add(name: string, repository: ServedRepository, revision = 'main'): string {
    const commit = sha1([...repository.files].map(([path, bytes]) => path + sha1(bytes)).join());
    const commits = this.#repositories.get(name) ?? new Map<string, ServedRepository>();
    this.#repositories.set(name, commits.set(commit, repository));
    this.revisions.set(name, (this.revisions.get(name) ?? new Map()).set(revision, commit));
    return commit;
  }

  remove(name: string): void {
    this.#repositories.delete(name);
    this.revisions.delete(name);
  }

  /** The next answers for the file `path` fail so, one after another. */
  fail(path: string, ...faults: readonly Fault[]): void {
    this.#faults.set(path, [...(this.#faults.get(path) ?? []), ...faults]);
  }

  /** Requests for contents of files, on either host. */
  get downloads(): readonly Asked[] {
    return this.asked.filter(({ path }) => path.includes('/resolve/'));
  }

  forget(): void {
    this.asked.length = 0;
    this.bytesSent = 0;
    this.#faults.clear();
  }

  #note({ method = '', url = '', headers }: IncomingMessage): void {
    this.asked.push({ method, path: url, range: headers.range, authorization: headers.authorization });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#note(request);
    const { pathname, searchParams } = new URL(request.url ?? '', this.url);
    const parts = pathname.split('/').filter(Boolean).map(decodeURIComponent);
    if (parts[0] !== 'api') return this.#answerFile(request, response, parts);
    const [, , org, name, view, revision = '', ...rest] = parts;
    if (this.apiStatus !== undefined) return refuse(response, this.apiStatus, null, 'on purpose');
    const found = this.#find(request, response, `${org}/${name}`, revision);
    if (found === undefined) return;
    if (view === 'revision') {
      return json(response, {
        _id: '0',
        id: `${org}/${name}`,
        sha: found.commit,
        gated: found.gated ?? false,
      });
    }
    if (view !== 'tree') return refuse(response, 404, null, 'Not Found');
    this.#answerTree(response, found, rest.join('/'), Number(searchParams.get('cursor') ?? 0), request);
  }

  /** Folders are listed among the files, a few entries a page. */
  #answerTree(
    response: ServerResponse,
    repository: ServedRepository,
    folder: string,
    cursor: number,
    request: IncomingMessage,
  ): void {
    const inside = [...repository.files].filter(([path]) => path.startsWith(folder));
    const folders = new Set(inside.map(([path]) => path.split('/').slice(0, -1).join('/')).filter(Boolean));
    const entries = [
      ...[...folders].map((path) => ({ type: 'directory', path, oid: sha1(path), size: 0 })),
      ...inside.map(([path, bytes]) => this.#entry(path, bytes, repository)),
    ];
    const next = new URL(request.url ?? '', this.url);
    next.searchParams.set('cursor', String(cursor + PAGE));
    if (cursor + PAGE < entries.length) response.setHeader('link', `<${next.href}>; rel="next"`);
    json(response, entries.slice(cursor, cursor + PAGE));
  }

  #entry(path: string, bytes: Buffer, { claimedSizes }: ServedRepository) {
    const size = claimedSizes?.get(path) ?? bytes.length;
    if (!isLarge(bytes)) return { type: 'file', path, size, oid: gitHash(bytes) };
    const pointer = `oid sha256:${sha256(bytes)}`;
    const lfs = { oid: sha256(bytes), size, pointerSize: pointer.length };
    return { type: 'file', path, size, oid: gitHash(Buffer.from(pointer)), lfs, xetHash: sha256(bytes) };
  }

  #answerFile(request: IncomingMessage, response: ServerResponse, parts: readonly string[]): void {
    const [org, name, view, revision = '', ...rest] = parts;
    const found = this.#find(request, response, `${org}/${name}`, revision);
    if (found === undefined) return;
    const path = rest.join('/');
    const bytes = view === 'resolve' ? found.files.get(path) : undefined;
    if (found.gated && request.headers.authorization === undefined) {
      refuse(response, 401, 'GatedRepo', `Access to model ${org}/${name} is restricted.`);
      return;
    }
    if (bytes === undefined) {
      refuse(response, 404, 'EntryNotFound', 'Entry not found');
      return;
    }
    response.setHeader('x-repo-commit', found.commit);
    if (!isLarge(bytes)) {
      response.setHeader('etag', `"${gitHash(bytes)}"`);
      void this.#send(request, response, path, bytes);
      return;
    }
    response.writeHead(302, {
      location: `${addressOf(this.#storage)}/${org}/${name}/resolve/${found.commit}/${path}`,
      'x-linked-size': String(bytes.length),
      'x-linked-etag': `"${sha256(bytes)}"`,
    });
    response.end();
  }

  #answerStorage(request: IncomingMessage, response: ServerResponse): void {
    this.#note(request);
    const [org, name, , commit, ...rest] = (request.url ?? '')
      .split('/')
      .filter(Boolean)
      .map(decodeURIComponent);
    const path = rest.join('/');
    const bytes = this.#repositories.get(`${org}/${name}`)?.get(commit)?.files.get(path);
    if (bytes === undefined) {
      refuse(response, 404, null, 'NoSuchKey');
      return;
    }
    response.setHeader('etag', `"${sha256(bytes)}"`);
    void this.#send(request, response, path, bytes);
  }

  /** What the hub says for an unknown name, to those without a token, is that they are not known. */
  #find(
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
    revision: string,
  ): (ServedRepository & { readonly commit: string }) | undefined {
    const commits = this.#repositories.get(name);
    const commit = this.revisions.get(name)?.get(revision) ?? revision;
    const repository = commits?.get(commit);
    const token = repository?.token ?? [...(commits ?? [])][0]?.[1].token;
    const isHidden = token !== undefined && request.headers.authorization !== `Bearer ${token}`;
    if (commits === undefined || isHidden) {
      const status = request.headers.authorization === undefined ? 401 : 404;
      refuse(response, status, 'RepoNotFound', 'Repository not found');
      return undefined;
    }
    if (repository === undefined) {
      refuse(response, 404, 'RevisionNotFound', `Invalid rev id: ${revision}`);
      return undefined;
    }
    return { ...repository, commit };
  }

  async #send(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    bytes: Buffer,
  ): Promise<void> {
    const fault = this.#faults.get(path)?.shift();
    if (fault?.kind === 'status') {
      response.writeHead(fault.status, fault.headers);
      response.end();
      return;
    }
    const range = fault?.kind === 'no-range' ? null : /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = range ? Number(range[1]) : 0;
    const end = range?.[2] ? Math.min(bytes.length, Number(range[2]) + 1) : bytes.length;
    if (start >= bytes.length && bytes.length > 0)
      return refuse(response, 416, null, 'Range Not Satisfiable');
    const body = damaged(bytes, fault).subarray(start, fault?.kind === 'too-long' ? undefined : end);
    response.setHeader('accept-ranges', 'bytes');
    if (range) response.setHeader('content-range', `bytes ${start}-${end - 1}/${bytes.length}`);
    const whole = fault?.kind === 'truncate' ? body.subarray(0, fault.to) : body;
    response.setHeader('content-length', whole.length);
    response.writeHead(range ? 206 : 200);
    const stop = fault?.kind === 'cut' || fault?.kind === 'stall' ? fault.after : whole.length;
    await this.#write(response, whole.subarray(0, stop));
    if (fault?.kind === 'cut') response.socket?.destroy();
    else if (fault?.kind !== 'stall') response.end();
  }

  async #write(response: ServerResponse, bytes: Buffer): Promise<void> {
    response.flushHeaders();
    const step = this.speed === undefined ? 2 ** 16 : Math.max(1, Math.round(this.speed / 50));
    for (let i = 0; i < bytes.length && !response.destroyed; i += step) {
      const piece = bytes.subarray(i, i + step);
      this.bytesSent += piece.length;
      await new Promise((resolve) => response.write(piece, resolve));
      if (this.speed !== undefined) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The files below `folder`, by path, without those that `filter` refuses. */
export function filesBelow(
  folder: string,
  filter: (path: string) => boolean = () => true,
): Map<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const paths = entries.map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  const named = paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), path] as const);
  return new Map(named.filter(([name]) => filter(name)).map(([name, path]) => [name, readFileSync(path)]));
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function gitHash(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function sha1(bytes: Buffer | string): string {
  return createHash('sha1').update(bytes).digest('hex');
}

function isLarge(bytes: Buffer): boolean {
  return bytes.length >= LARGE_BYTES;
}

function damaged(bytes: Buffer, fault: Fault | undefined): Buffer {
  if (fault?.kind === 'too-long') return Buffer.concat([bytes, Buffer.from('more')]);
  if (fault?.kind !== 'corrupt') return bytes;
  const copy = Buffer.from(bytes);
  copy[fault.at]! ^= 1;
  return copy;
}

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

function refuse(response: ServerResponse, status: number, code: string | null, message: string): void {
  const errorCode = code === null ? {} : { 'x-error-code': code };
  response.writeHead(status, {
    ...errorCode,
    'x-error-message': message,
    'content-type': 'application/json',
  });
  response.end(JSON.stringify({ error: message }));
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
