/**
 * Share links: what differs from the preset, readable, in the hash of the address:
 * `#run?preset=quick&space.vertices=6&space.channels=8,16`. What comes in is checked like any config.
 */
import { LabError } from '../core/errors.ts';
import type { Field } from '../core/fields.ts';
import { getPath, nearestName, setPath } from '../core/paths.ts';
import type { RunConfig } from '../core/run/config.ts';
import { presetConfig, resolveConfig } from '../core/run/resolve.ts';
import { fieldsFor } from '../core/run/schema.ts';

const PREFIX = '#run?';

const asText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));

/** The hash of a link to this config. */
export function encodeShare(config: RunConfig): string {
  const base = presetConfig(config.preset);
  const pairs = [['preset', config.preset]];
  for (const { path } of fieldsFor(config)) {
    const value = getPath(config, path);
    if (value === undefined) continue;
    const own = asText(value);
    if (own !== asText(getPath(base, path))) pairs.push([path, own]);
  }
  const query = pairs.map(([key = '', value = '']) => `${key}=${encodeURIComponent(value)}`);
  return `${PREFIX}${query.join('&').replaceAll('%2C', ',')}`;
}

/** A value from its text; text that fits no kind stays text, for the check to name. */
function readValue(field: Field, text: string): unknown {
  const number = (part: string) => (part.trim() === '' ? part : Number(part));
  switch (field.kind) {
    case 'integer':
    case 'number':
      return Number.isNaN(Number(text)) ? text : number(text);
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'choice':
      return field.choices.find((choice) => String(choice.value) === text)?.value ?? text;
    case 'per-stage':
      return text.split(',').map((part) => (Number.isNaN(Number(part)) ? part : number(part)));
    default:
      return field satisfies never;
  }
}

function unknownKey(key: string, known: readonly string[]): LabError {
  const near = nearestName(key, known);
  const advice = near ? `Did you mean ${near}?` : 'Leave it out.';
  const message = `The link sets “${key}”, which is no setting. ${advice}`;
  return new LabError('config-invalid', message, { field: key });
}

/** The config of a link; null if the hash holds none. Throws `config-invalid` if it cannot run. */
export function decodeShare(hash: string): RunConfig | null {
  if (!hash.startsWith(PREFIX)) return null;
  const query = new URLSearchParams(hash.slice(PREFIX.length));
  const preset = query.get('preset') ?? 'quick';
  const base = presetConfig(preset);
  const named = (key: string) => query.get(key) ?? query.get(key.replace('method', 'strategy'));
  const fields = fieldsFor({
    space: { id: query.get('space.id') ?? base.space.id },
    method: { id: named('method.id') ?? base.method.id },
  });
  const known = ['preset', ...fields.map((field) => field.path)];
  let overrides: unknown = {};
  for (const [name, text] of query) {
    if (name === 'preset') continue;
    // Methods were called strategies once.
    const key = name.replace(/^strategy\./, 'method.');
    const field = fields.find((one) => one.path === key);
    if (!field) throw unknownKey(key, known);
    overrides = setPath(overrides, key, readValue(field, text));
  }
  return resolveConfig({ preset, overrides });
}
