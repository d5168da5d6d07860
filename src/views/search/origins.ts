/** Why something was tried, in the words of the method that tried it. */
import type { Origin } from '../../core/method/jobs.ts';
import { methodById } from '../../core/method/registry.ts';
import type { RunConfig } from '../../core/run/config.ts';

const kindOf = ({ method }: RunConfig, { kind }: Origin) =>
  methodById(method.id).descriptor.origins.find((one) => one.kind === kind);

/** One or two sentences; the bare kind where the method does not know it. */
export function explainOrigin(config: RunConfig, origin: Origin): string {
  return kindOf(config, origin)?.explain(origin) ?? origin.kind;
}

/** What each kind of origin is called. */
export function originLabels({ method }: RunConfig): { readonly [kind: string]: string } {
  const { origins } = methodById(method.id).descriptor;
  return Object.fromEntries(origins.map(({ kind, label }) => [kind, label]));
}
