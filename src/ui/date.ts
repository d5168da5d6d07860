/** Dates as a reader wants them; `core` has no clock and no dates. */
import { lazily } from '../core/format.ts';

const date = lazily(
  () => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
);

/** "24 Nov 2026, 14:05", local time; what is no date is shown as it is. */
export function formatDate(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : date().format(time);
}
