/** A folder as a build leaves it, and a client that sends what it is told to, byte for byte. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compressFolder } from '../../../src/server/precompress.ts';

/** Long enough for the build to compress it. */
export const LONG = 'globalThis.icescope = 1;\n'.repeat(200);

/** `{ 'assets/a.js': '1;' }` in a new folder, with its compressed forms; into `folder` where one is named. */
export async function build(
  files: Readonly<Record<string, string>>,
  folder = mkdtempSync(join(tmpdir(), 'icescope-')),
): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  await compressFolder(folder);
  return folder;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
  readonly raw: Buffer;
}

/** Node's own client, since fetch neither lets a test set Host nor leaves a path as it is. */
export function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const raw = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: raw.toString(), raw });
      });
    });
    asking.on('error', reject).end();
  });
}
