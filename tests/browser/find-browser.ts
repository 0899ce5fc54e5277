/** @file A Chromium to test with: the one in a package where it runs, else one that is installed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';

export interface BrowserProgram {
  readonly executablePath: string;
  readonly args: readonly string[];
}

const INSTALLED: readonly string[] = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => {
    const folder = process.env[name];
    return folder === undefined ? [] : [join(folder, 'Google/Chrome/Application/chrome.exe')];
  }),
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];

/** What to start, or why there is nothing. `CHROME_PATH` comes first. */
export async function findBrowser(): Promise<BrowserProgram | string> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH !== undefined)
    return existsSync(CHROME_PATH)
      ? { executablePath: CHROME_PATH, args: [] }
      : `CHROME_PATH names ${CHROME_PATH}, which does not exist`;
  if (process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch))
    return { executablePath: await chromium.executablePath(), args: chromium.args };
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed !== undefined) return { executablePath: installed, args: [] };
  return `there is no Chrome in the usual places of ${process.platform}; name one in CHROME_PATH`;
}
