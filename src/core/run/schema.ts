/**
 * Every option of a run as data: label, unit, bounds, and a line of help for each field and each
 * choice. Options of a space and of a method come from their own descriptors.
 */
import { DATASETS } from '../datasets/registry.ts';
import type { ChoiceField, Field, FieldGroup, NumberField, PerStageField } from '../fields.ts';
import { findMethod, METHODS } from '../method/registry.ts';
import { getPath } from '../paths.ts';
import { SEARCH_RANKERS } from '../rankers/registry.ts';
import { SPACES } from '../space/registry.ts';
import { SUPERNET_FIELDS } from './schemaSupernet.ts';

type Choice = ChoiceField['choices'][number];

function integer(
  path: string,
  label: string,
  help: string,
  range: readonly [number, number],
  unit?: string,
): NumberField {
  const [minimum, maximum] = range;
  return { kind: 'integer', path, label, help, minimum, maximum, ...(unit ? { unit } : {}) };
}

const perStage = (
  path: string,
  label: string,
  help: string,
  range: readonly [number, number],
  unit: string,
): PerStageField => ({
  kind: 'per-stage',
  path,
  label,
  help,
  unit,
  minimum: range[0],
  maximum: range[1],
});

const choice = (
  path: string,
  label: string,
  help: string,
  choices: readonly Choice[],
): ChoiceField => ({ kind: 'choice', path, label, help, choices });

const TASK_FIELDS: readonly Field[] = [
  choice(
    'task.dataset',
    'Dataset',
    'The images the networks learn to classify.',
    DATASETS.map(({ id, name, explanation }) => ({ value: id, label: name, help: explanation })),
  ),
  integer(
    'task.trainImages',
    'Training images',
    'Images the weights are trained on.',
    [10, 60_000],
    'images',
  ),
  integer(
    'task.validationImages',
    'Validation images',
    'Held-out images for alpha (first and second order) and for probes.',
    [10, 30_000],
    'images',
  ),
  integer(
    'task.testImages',
    'Test images',
    'Images for the true accuracy only, never for the search.',
    [10, 10_000],
    'images',
  ),
  choice('task.imagePooling', 'Image pooling', 'Average pooling of the images before training.', [
    { value: 1, label: '1 (full size)', help: 'The images as they are.' },
    { value: 2, label: '2 (half size)', help: 'A quarter of the pixels: about four times faster.' },
  ]),
];

const choicesOf = (
  kinds: readonly {
    readonly descriptor: {
      readonly id: string;
      readonly name: string;
      readonly explanation: string;
    };
  }[],
): readonly Choice[] =>
  kinds.map(({ descriptor: { id, name, explanation } }) => ({
    value: id,
    label: name,
    help: explanation,
  }));

const SPACE_FIELD = choice('space.id', 'Space', 'What is searched.', choicesOf(SPACES));

const NETWORK_FIELDS: readonly Field[] = [
  perStage(
    'space.candidates',
    'Candidates',
    'Candidate cells of each stage (k): one supernet ranks k to the power of S architectures.',
    [1, 16],
    'cells',
  ),
  choice('space.operation', 'Operation', 'What an edge of a cell computes.', [
    { value: 'conv', label: 'Convolution', help: 'Same padding, channels kept, bias, ReLU.' },
    { value: 'linear', label: 'Linear', help: 'Dense layer on flattened images, bias, ReLU.' },
  ]),
  choice('space.kernel', 'Kernel', 'Side of the convolutions.', [
    { value: 3, label: '3×3', help: 'The usual one, and the fastest.' },
    { value: 5, label: '5×5', help: 'Sees farther; about three times the work.' },
    { value: 7, label: '7×7', help: 'Sees farthest; about five times the work.' },
  ]),
  integer('space.width', 'Width', 'Units of linear operations.', [1, 512], 'units'),
  choice('space.channelRule', 'Channel rule', 'How channels and pooling are laid out.', [
    { value: 'explicit', label: 'As listed', help: 'Channels and pooling of each stage as given.' },
    {
      value: 'reference',
      label: 'From the last stage',
      help: 'The last stage has the listed channels, earlier ones fewer by the pooling after them.',
    },
  ]),
  perStage('space.channels', 'Channels', 'Channels of each stage.', [1, 256], 'channels'),
  perStage('space.pooling', 'Pooling', 'Pooling factor after each stage.', [1, 8], 'pixels'),
  choice('space.poolingType', 'Pooling type', 'How pooling summarises its pixels.', [
    { value: 'max', label: 'Maximum', help: 'Keeps the strongest activation.' },
    { value: 'average', label: 'Average', help: 'Keeps the mean activation.' },
  ]),
];

const RANKER_FIELDS: readonly Field[] = [
  choice(
    'ranker.id',
    'Ranker',
    'How a trained supernet ranks its architectures.',
    SEARCH_RANKERS.map(({ descriptor }) => ({
      value: descriptor.id,
      label: descriptor.name,
      help: descriptor.explanation,
    })),
  ),
  choice('ranker.readout', 'Readout', 'How the weights of an architecture’s cells are combined.', [
    { value: 'product', label: 'Product', help: 'Sum of logarithms: stages multiply.' },
    { value: 'mean', label: 'Mean', help: 'Arithmetic mean over the stages.' },
  ]),
  choice('ranker.weights', 'Weights read', 'Which architecture weights are read.', [
    { value: 'averaged', label: 'Averaged', help: 'Mean over the last third of the steps.' },
    { value: 'last', label: 'Last', help: 'Those after the last step.' },
  ]),
  integer(
    'ranker.supernets',
    'Supernets',
    'Supernets trained from different seeds and averaged; time grows alike.',
    [1, 10],
  ),
];

const SEARCH_FIELDS: readonly Field[] = [
  integer(
    'search.generations',
    'Generations',
    'Rounds of the search, one after another; 0: no limit.',
    [0, 10_000],
  ),
  {
    kind: 'number',
    path: 'search.macs',
    label: 'Budget, MACs',
    help: 'Multiply–accumulates of all training and evaluation, after which the search ends; 0: no limit.',
    minimum: 0,
    maximum: 1e18,
    unit: 'MACs',
  },
  integer(
    'search.evaluations',
    'Budget, evaluations',
    'Architectures trained alone, after which the search ends; 0: no limit.',
    [0, 1_000_000],
    'architectures',
  ),
  integer('search.seed', 'Seed', 'The same seed and settings give the same run.', [0, 2 ** 31 - 1]),
];

const METHOD_FIELD = choice(
  'method.id',
  'Method',
  'How the search chooses what to try next.',
  choicesOf(METHODS),
);

/** The groups every run has; the options of its space and method are added by `fieldGroupsFor`. */
export const FIELD_GROUPS: readonly FieldGroup[] = [
  { id: 'task', label: 'Task', fields: TASK_FIELDS },
  { id: 'space', label: 'Space', fields: [SPACE_FIELD, ...NETWORK_FIELDS] },
  { id: 'supernet', label: 'Supernet training', fields: SUPERNET_FIELDS },
  { id: 'ranker', label: 'Inner search', fields: RANKER_FIELDS },
  { id: 'method', label: 'Outer search', fields: [METHOD_FIELD] },
  { id: 'search', label: 'Run', fields: SEARCH_FIELDS },
];

const spaceFields = (id: unknown): readonly Field[] =>
  SPACES.find(({ descriptor }) => descriptor.id === id)?.descriptor.fields ?? [];

/** All groups, with the options of the space and the method that the (unchecked) config names. */
export function fieldGroupsFor(config: unknown): readonly FieldGroup[] {
  const space = spaceFields(getPath(config, 'space.id'));
  const method = findMethod(getPath(config, 'method.id'))?.descriptor.fields ?? [];
  return FIELD_GROUPS.map((group) => {
    if (group.id === 'space') {
      return { ...group, fields: [SPACE_FIELD, ...space, ...NETWORK_FIELDS] };
    }
    return group.id === 'method' ? { ...group, fields: [...group.fields, ...method] } : group;
  });
}

/** All fields of a run with the space and method of the (unchecked) config, in order. */
export function fieldsFor(config: unknown): readonly Field[] {
  return fieldGroupsFor(config).flatMap((group) => group.fields);
}
