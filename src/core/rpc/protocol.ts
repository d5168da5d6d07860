/**
 * A protocol between two threads is a type: what opens the conversation, which requests the client may
 * make, and what the server says of its own accord. Both ends derive their types from it, so that a
 * request that nobody answers, or a push that nobody hears, does not compile. The messages on the wire
 * are the kit's own affair; see client.ts and server.ts.
 */
import type { ErrorRecord } from '../errors.ts';

/** One request: what is asked, what is answered in the end, and what is told on the way there. */
export interface Call<Body, Result, News = never> {
  readonly body: Body;
  readonly result: Result;
  readonly news: News;
}

export interface Protocol {
  /** What the server needs to begin. Sent once, first. */
  readonly setup: unknown;
  /** A `Call` for each type of request. */
  readonly requests: { readonly [type: string]: Call<unknown, unknown, unknown> };
  /** The body of each type of push. */
  readonly pushes: { readonly [type: string]: unknown };
}

/** For a protocol whose server says nothing of its own accord. */
export type NoPushes = Record<never, never>;

export type RequestType<P extends Protocol> = keyof P['requests'] & string;
export type PushType<P extends Protocol> = keyof P['pushes'] & string;
export type BodyOf<P extends Protocol, T extends RequestType<P>> = P['requests'][T]['body'];
export type ResultOf<P extends Protocol, T extends RequestType<P>> = P['requests'][T]['result'];
export type NewsOf<P extends Protocol, T extends RequestType<P>> = P['requests'][T]['news'];

/** Requests that tell something before they are answered. */
export type TellingType<P extends Protocol> = {
  [T in RequestType<P>]: [NewsOf<P, T>] extends [never] ? never : T;
}[RequestType<P>];

export type RequestMessage<P extends Protocol, T extends RequestType<P> = RequestType<P>> = {
  readonly [K in RequestType<P>]: {
    readonly kind: 'request';
    readonly id: number;
    readonly type: K;
    readonly body: BodyOf<P, K>;
  };
}[T];

export type NewsMessage<P extends Protocol, T extends RequestType<P> = RequestType<P>> = {
  readonly [K in RequestType<P>]: {
    readonly kind: 'news';
    readonly id: number;
    readonly type: K;
    readonly news: NewsOf<P, K>;
  };
}[T];

export type PushMessage<P extends Protocol, T extends PushType<P> = PushType<P>> = {
  readonly [K in PushType<P>]: {
    readonly kind: 'push';
    readonly type: K;
    readonly body: P['pushes'][K];
  };
}[T];

export type ReplyMessage<P extends Protocol> =
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly ok: true;
      readonly result: ResultOf<P, RequestType<P>>;
    }
  | {
      readonly kind: 'reply';
      readonly id: number;
      readonly ok: false;
      readonly error: ErrorRecord;
    };

/** From the client, in this order: `open`, then requests and their cancelling. */
export type ToServer<P extends Protocol> =
  | { readonly kind: 'open'; readonly setup: P['setup'] }
  | RequestMessage<P>
  | { readonly kind: 'cancel'; readonly id: number };

/** From the server: `ready` as soon as it listens; news of a request come before its reply. */
export type ToClient<P extends Protocol> =
  | { readonly kind: 'ready' }
  | ReplyMessage<P>
  | NewsMessage<P>
  | PushMessage<P>;

const TO_SERVER: readonly unknown[] = ['open', 'request', 'cancel'];
const TO_CLIENT: readonly unknown[] = ['ready', 'reply', 'news', 'push'];

const isOneOf = (kinds: readonly unknown[], value: unknown) =>
  typeof value === 'object' && value !== null && 'kind' in value && kinds.includes(value.kind);

/** True for messages of the kit; others (browser extensions post, too) are to be ignored. */
export const isToServer = <P extends Protocol>(value: unknown): value is ToServer<P> =>
  isOneOf(TO_SERVER, value);

/** The same for the other direction. */
export const isToClient = <P extends Protocol>(value: unknown): value is ToClient<P> =>
  isOneOf(TO_CLIENT, value);
