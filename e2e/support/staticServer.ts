/**
 * The plainest static host there is: files of one folder under a sub-path, a content type, nothing
 * else. What works here works on any static host.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

export interface StaticServer {
  /** Address of the sub-path, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `folder` below `prefix`, e.g. `/some/path/`; everything outside it is 404. */
export async function serveStatic(folder: string, prefix: string): Promise<StaticServer> {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const inside = normalize(path.slice(prefix.length) || 'index.html');
    const safe = path.startsWith(prefix) && !inside.startsWith('..') && !inside.startsWith(sep);
    try {
      if (!safe) throw new Error('outside');
      const bytes = await readFile(join(folder, inside));
      const type = TYPES[extname(inside)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
