/** What goes on now, on its way to the page: only the newest counts, at most ten times a second. */

const EVERY = 100;

export interface Latest<T> {
  put(value: T): void;
  /** Drops what still waits. */
  close(): void;
}

/**
 * Posts at once if the last post is long enough ago (a thread that computes for long gives no timer a
 * turn), else the newest value when its time has come.
 * @param clock Milliseconds.
 */
export function createLatest<T>(
  post: (value: T) => void,
  clock: () => number = () => performance.now(),
): Latest<T> {
  let waiting: { readonly value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let postedAt = Number.NEGATIVE_INFINITY;
  const forget = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const flush = () => {
    forget();
    if (!waiting) return;
    const { value } = waiting;
    waiting = null;
    postedAt = clock();
    post(value);
  };
  return {
    put(value) {
      waiting = { value };
      const due = postedAt + EVERY - clock();
      if (due <= 0) flush();
      else timer ??= setTimeout(flush, due);
    },
    close() {
      forget();
      waiting = null;
    },
  };
}
