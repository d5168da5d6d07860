/** The options of a method: defaults filled in, names and bounds checked. */
import { LabError } from '../errors.ts';
import { checkField } from '../fields.ts';
import type { MethodDescriptor, MethodOptions } from './types.ts';

export const OPTION_PREFIX = 'method.options.';

/**
 * Options with the defaults filled in.
 * @throws LabError `config-invalid` for an unknown option or a value out of bounds, naming the field.
 */
export function completeOptions(descriptor: MethodDescriptor, given: MethodOptions): MethodOptions {
  const options = { ...descriptor.defaults, ...given };
  for (const name of Object.keys(options)) {
    const field = descriptor.fields.find((known) => known.path === OPTION_PREFIX + name);
    if (field) continue;
    const known = descriptor.fields.map((each) => each.path.slice(OPTION_PREFIX.length)).join(', ');
    throw new LabError(
      'config-invalid',
      `${OPTION_PREFIX}${name}: ${descriptor.name} has no such option. It has: ${known}.`,
      { field: OPTION_PREFIX + name },
    );
  }
  for (const field of descriptor.fields) {
    const issue = checkField(field, options[field.path.slice(OPTION_PREFIX.length)]);
    if (!issue) continue;
    throw new LabError(
      'config-invalid',
      `${issue.field}: ${issue.value} is not ${issue.bound}; ${issue.suggestion}.`,
      { field: issue.field, value: issue.value, bound: issue.bound },
    );
  }
  return options;
}

/** A numeric option of a complete set. */
export function numberOption(options: MethodOptions, name: string): number {
  const value = options[name];
  if (typeof value === 'number') return value;
  throw new LabError('internal', `The option ${name} is not a number.`);
}
