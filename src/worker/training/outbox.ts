/** Events on their way to the page: gathered into arrays, at most ten a second. */

const FLUSH_EVERY = 100;

export interface Outbox<Event> {
  /** Posts with the next flush, or with what waits at once if it is `urgent`. */
  put(owner: string, event: Event, urgent: boolean): void;
  flush(owner: string): void;
}

/** An outbox that posts through `post`; one owner at a time. */
export function createOutbox<Event>(
  post: (owner: string, events: readonly Event[]) => void,
): Outbox<Event> {
  let waiting: Event[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (owner: string) => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    post(owner, waiting);
    waiting = [];
  };
  return {
    put(owner, event, urgent) {
      waiting.push(event);
      if (urgent) flush(owner);
      else timer ??= setTimeout(() => flush(owner), FLUSH_EVERY);
    },
    flush,
  };
}
