import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../core/errors.ts';
import { browserSource } from './source.ts';

const content = Buffer.alloc(300_000, 'images');
const packed = gzipSync(content);
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/lab/plain.gz') {
      response.writeHead(200, { 'content-length': content.length });
      response.end(content);
    } else if (request.url === '/lab/encoded.gz') {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
      response.end(packed);
    } else if (request.url === '/lab/page') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>');
    } else if (request.url === '/lab/slow') {
      response.writeHead(200).write('x');
    } else response.writeHead(404).end();
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  base = `http://127.0.0.1:${address.port}/lab`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function fetched(path: string, signal?: AbortSignal) {
  const progress: (readonly [number, number | null])[] = [];
  const listen = (loaded: number, total: number | null) => progress.push([loaded, total]);
  const bytes = await browserSource(base).fetchBytes(path, listen, signal);
  return { bytes, progress };
}

async function failure(path: string, signal?: AbortSignal): Promise<LabError> {
  const error: unknown = await fetched(path, signal).catch((reason: unknown) => reason);
  if (!(error instanceof LabError)) throw new Error(`not a LabError: ${String(error)}`);
  return error;
}

describe('browser source', () => {
  it('streams a file with its size', async () => {
    const { bytes, progress } = await fetched('plain.gz');
    expect(content.equals(bytes)).toBe(true);
    expect(progress.at(-1)).toEqual([content.length, content.length]);
    expect(progress.every(([loaded], i) => i === 0 || loaded > progress[i - 1]![0])).toBe(true);
  });

  it('reports no size for a file that is decompressed on the way', async () => {
    const { bytes, progress } = await fetched('encoded.gz');
    expect(content.equals(bytes)).toBe(true);
    expect(progress.at(-1)).toEqual([content.length, null]);
  });

  it('says which address failed, how, and what to do', async () => {
    const missing = await failure('missing.gz');
    expect(missing.code).toBe('dataset-unavailable');
    expect(missing.details).toEqual({ url: `${base}/missing.gz`, status: 404 });
    expect(missing.message).toContain('404');
    expect(missing.message).toContain('npm run datasets');
    const page = await failure('page');
    expect(page.message).toContain('a web page');
    expect(page.details.status).toBe(200);
  });

  it('says so when there is no server', async () => {
    const nowhere = browserSource('http://127.0.0.1:1/');
    const error: unknown = await nowhere.fetchBytes('x', () => {}, undefined).catch((e) => e);
    expect(error).toMatchObject({ code: 'dataset-unavailable', details: { status: null } });
  });

  it('stops when cancelled, before and while the bytes come in', async () => {
    expect((await failure('plain.gz', AbortSignal.abort())).code).toBe('cancelled');
    const control = new AbortController();
    const listen = () => control.abort();
    const work = browserSource(base).fetchBytes('slow', listen, control.signal);
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });
});
