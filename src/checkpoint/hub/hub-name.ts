/**
 * @file How a model on the hub is called: `org/name`, `org/name@revision`, `org/name/file.safetensors`, or its address in a browser.
 * What could as well be a path of the file system is told apart by its look alone; whether it exists is not asked here.
 */

export interface HubName {
  /** `org/name`. */
  readonly repo: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
  /** One file of it, with slashes; undefined for the repository. */
  readonly file: string | undefined;
}

export const DEFAULT_REVISION = 'main';

const WEB_HOSTS: ReadonlySet<string> = new Set(['huggingface.co', 'www.huggingface.co', 'hf.co']);
const NAME_PART = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/;
const MODEL_FILE = /\.(safetensors|ckpt|pt|pth|bin)$/;
const COMMIT = /^[0-9a-f]{40}$/;

/** The name that `text` is; undefined where it is none, so that it can only be a path. */
export function parseHubName(text: string, endpoint = 'https://huggingface.co'): HubName | undefined {
  if (/^https?:\/\//i.test(text)) return parseAddress(text, endpoint);
  const at = text.lastIndexOf('@');
  const [path, revision] = at < 0 ? [text, DEFAULT_REVISION] : [text.slice(0, at), text.slice(at + 1)];
  const [org, name, ...rest] = path.split('/');
  return hubName(org, name, revision, rest.length === 0 ? undefined : rest.join('/'));
}

/** Whether `revision` can never mean anything else. */
export function isCommit(revision: string): boolean {
  return COMMIT.test(revision);
}

/** The name as it is written. */
export function hubNameText({ repo, revision, file }: HubName): string {
  return `${repo}${file === undefined ? '' : `/${file}`}${revision === DEFAULT_REVISION ? '' : `@${revision}`}`;
}

/** Whether `path` stays inside of the folder that it is joined to, on every system. */
export function isInnerPath(path: string): boolean {
  const parts = path.split('/');
  return !/[\\\0:]/.test(path) && parts.every((part) => part !== '' && part !== '.' && part !== '..');
}

function parseAddress(text: string, endpoint: string): HubName | undefined {
  const url = parseUrl(text);
  const own = parseUrl(endpoint);
  if (url === undefined || !(WEB_HOSTS.has(url.host) || url.host === own?.host)) return undefined;
  const [org, name, view, revision, ...rest] = url.pathname.split('/').filter(Boolean).map(decoded);
  if (view === undefined) return hubName(org, name, DEFAULT_REVISION, undefined);
  if (!['tree', 'blob', 'resolve'].includes(view) || revision === undefined) return undefined;
  return hubName(org, name, revision, view === 'tree' || rest.length === 0 ? undefined : rest.join('/'));
}

function hubName(
  org: string | undefined,
  name: string | undefined,
  revision: string,
  file: string | undefined,
): HubName | undefined {
  if (!isNamePart(org) || !isNamePart(name) || !isInnerPath(revision)) return undefined;
  // `models/anything.safetensors` is a file of the user's; so is a folder three levels down.
  const isFile = file === undefined ? !MODEL_FILE.test(name!) : MODEL_FILE.test(file) && isInnerPath(file);
  return isFile ? { repo: `${org}/${name}`, revision, file } : undefined;
}

function isNamePart(part: string | undefined): boolean {
  return part !== undefined && NAME_PART.test(part) && !/--|\.\./.test(part);
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
