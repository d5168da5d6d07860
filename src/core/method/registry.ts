/** Every method. To add one is to add a file and a line here. */
import { LabError } from '../errors.ts';
import { localSearchMethod } from './localSearch.ts';
import { pseudoGradientMethod } from './pseudoGradient.ts';
import { randomMethod } from './random.ts';
import { regularizedEvolutionMethod } from './regularizedEvolution.ts';
import type { RegisteredMethod } from './types.ts';

export const METHODS: readonly RegisteredMethod[] = [
  pseudoGradientMethod,
  randomMethod,
  regularizedEvolutionMethod,
  localSearchMethod,
];

/** The method of an id, if there is one. */
export function findMethod(id: unknown): RegisteredMethod | null {
  return METHODS.find(({ descriptor }) => descriptor.id === id) ?? null;
}

/** @throws LabError `config-invalid` for an unknown id, naming the known ones. */
export function methodById(id: string): RegisteredMethod {
  const found = findMethod(id);
  if (found) return found;
  const known = METHODS.map(({ descriptor }) => descriptor.id).join(', ');
  throw new LabError(
    'config-invalid',
    `method.id: there is no method “${id}”. Use one of ${known}.`,
    {
      field: 'method.id',
      value: id,
      bound: known,
    },
  );
}
