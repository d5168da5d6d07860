/** The outer searches there are. To add one: one file, one line here. */
import { LabError } from '../errors.ts';
import { pseudoGradientStrategy } from './pseudoGradient.ts';
import { randomStrategy } from './random.ts';
import type { Strategy } from './types.ts';

export const STRATEGIES: readonly Strategy[] = [pseudoGradientStrategy, randomStrategy];

/** @throws LabError `config-invalid` for an unknown id, listing the known ones. */
export function strategyById(id: string): Strategy {
  const found = STRATEGIES.find((strategy) => strategy.descriptor.id === id);
  if (found) return found;
  const known = STRATEGIES.map((strategy) => strategy.descriptor.id);
  throw new LabError(
    'config-invalid',
    `strategy.id: there is no strategy “${id}”. Use one of ${known.join(', ')}.`,
    { field: 'strategy.id', value: id, bound: known },
  );
}
