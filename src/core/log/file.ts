/** Log files: the text of a log with gzip around it. Files without it are read as well. */
import { gunzip, gzip, isGzip } from '../gzip.ts';
import type { LogEvent, LogKind, NamedLog } from './kind.ts';
import { type DecodeOptions, damaged, decodeLog, encodeLog, formatOf } from './lines.ts';

/** A log as compressed bytes. */
export async function packLog<E extends LogEvent>(
  kind: LogKind<E>,
  log: NamedLog<E>,
): Promise<Uint8Array<ArrayBuffer>> {
  return gzip(new TextEncoder().encode(encodeLog(kind, log)));
}

/** Reads a log from bytes, compressed or plain. @throws LabError `log-damaged`, `log-unsupported`. */
export async function unpackLog<E extends LogEvent>(
  kind: LogKind<E>,
  bytes: Uint8Array,
  file: string,
  { salvage = false }: DecodeOptions = {},
): Promise<NamedLog<E>> {
  if (!isGzip(bytes)) return decodeLog(kind, new TextDecoder().decode(bytes), file, { salvage });
  const { bytes: plain, error } = await gunzip(bytes);
  const content = new TextDecoder().decode(plain);
  if (error === null || salvage) return decodeLog(kind, content, file, { salvage });
  const line = content.split('\n').length;
  const sound =
    content === '' ? 0 : decodeLog(kind, content, file, { salvage: true }).events.length;
  const issue = { field: 'the compressed data', expected: 'complete', found: error };
  throw damaged({ file, line }, issue, sound);
}

/** What a file names as its format; null if it names none. */
export async function fileFormat(bytes: Uint8Array): Promise<unknown> {
  const plain = isGzip(bytes) ? (await gunzip(bytes)).bytes : bytes;
  const end = plain.indexOf(10);
  return formatOf(new TextDecoder().decode(end < 0 ? plain : plain.subarray(0, end)));
}
