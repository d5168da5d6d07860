/**
 * Typed errors. Everything that can go wrong for a reason a user can act on is a `LabError`: a stable
 * `code`, a sentence that says what was wrong, where, and what to do, and plain details. It crosses
 * the worker boundary and enters logs as an `ErrorRecord`.
 */
export type ErrorCode =
  | 'config-invalid'
  | 'dataset-unavailable'
  | 'dataset-damaged'
  | 'backend-unavailable'
  | 'backend-wrong'
  | 'device-lost'
  | 'out-of-memory'
  | 'training-diverged'
  | 'log-damaged'
  | 'log-unsupported'
  | 'storage-failed'
  | 'worker-died'
  | 'cancelled'
  | 'usage'
  | 'internal';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export interface ErrorRecord {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: { readonly [key: string]: JsonValue };
}

export class LabError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorRecord['details'];

  constructor(code: ErrorCode, message: string, details: ErrorRecord['details'] = {}) {
    super(message);
    this.name = 'LabError';
    this.code = code;
    this.details = details;
  }
}

/** Turns anything thrown into a record that can be logged, posted and shown. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof LabError) {
    return { code: thrown.code, message: thrown.message, details: thrown.details };
  }
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return { code: 'cancelled', message: 'The work was cancelled.', details: {} };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message, details: {} };
}

/** The inverse of `toErrorRecord`, for the receiving side of a boundary. */
export function fromErrorRecord(record: ErrorRecord): LabError {
  return new LabError(record.code, record.message, record.details);
}
