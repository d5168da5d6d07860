/** `methods` and `spaces`: what a search can be made of. */

import type { Field } from '../../core/fields.ts';
import { OPTION_PREFIX } from '../../core/method/options.ts';
import { METHODS } from '../../core/method/registry.ts';
import { SPACES } from '../../core/space/registry.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';

/** A field without what only a form needs. */
function optionOf(field: Field, prefix: string, preset?: number | string | boolean) {
  const { kind, path, help } = field;
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  const head = { name, path, kind, help, ...(preset === undefined ? {} : { default: preset }) };
  switch (field.kind) {
    case 'choice':
      return { ...head, choices: field.choices.map(({ value }) => value) };
    case 'boolean':
      return head;
    case 'integer':
    case 'number':
    case 'per-stage':
      return { ...head, minimum: field.minimum, maximum: field.maximum };
    default:
      return field satisfies never;
  }
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly options: readonly { readonly path: string; readonly help: string }[];
}

function list(entries: readonly Listed[], io: Io): void {
  for (const { id, name, note, options } of entries) {
    io.out(`${id}  ${name}: ${note}`);
    for (const { path, help } of options) io.out(`  --set ${path}=…  ${help}`);
  }
}

const jsonFlag = (shape: string) =>
  ({ kind: 'flag', name: 'json', help: `Print [${shape}].` }) as const;

export const methodsCommand: Command = {
  spec: {
    name: 'methods',
    summary: 'Lists the search methods and their options.',
    positional: [],
    options: [jsonFlag('{id, name, kind, source, options}')],
  },
  async run(args, io) {
    const methods = METHODS.map(({ descriptor }) => {
      const { id, name, kind, source, explanation, fields, defaults } = descriptor;
      const options = fields.map((field) =>
        optionOf(field, OPTION_PREFIX, defaults[field.path.slice(OPTION_PREFIX.length)]),
      );
      return { id, name, kind, source, explanation, options };
    });
    if (args.flag('json')) printJson(io, methods);
    else
      list(
        methods.map((one) => ({ ...one, note: `${one.kind}. ${one.explanation}` })),
        io,
      );
    return EXIT.done;
  },
};

export const spacesCommand: Command = {
  spec: {
    name: 'spaces',
    summary: 'Lists the search spaces and their options.',
    positional: [],
    options: [jsonFlag('{id, name, options}')],
  },
  async run(args, io) {
    const spaces = SPACES.map(({ descriptor: { id, name, explanation, source, fields } }) => ({
      id,
      name,
      explanation,
      source,
      options: fields.map((field) => optionOf(field, 'space.')),
    }));
    if (args.flag('json')) printJson(io, spaces);
    else
      list(
        spaces.map((one) => ({ ...one, note: one.explanation })),
        io,
      );
    return EXIT.done;
  },
};
