/**
 * Every option of a run as data: label, unit, bounds, and a line of help for each field and each
 * choice. Options of the outer search come from the strategies' own descriptors.
 */
import { DATASETS } from '../datasets/registry.ts';
import { SEARCH_RANKERS } from '../rankers/registry.ts';
import { STRATEGIES } from '../strategies/registry.ts';
import type { Strategy } from '../strategies/types.ts';
import type { ChoiceField, Field, FieldGroup, NumberField, PerStageField } from './fields.ts';
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

const SPACE_FIELDS: readonly Field[] = [
  integer('space.stages', 'Stages', 'Cells in a row, each followed by pooling (S).', [1, 10]),
  integer(
    'space.vertices',
    'Vertices',
    'Vertices of every cell (n); more of them, many more cells.',
    [2, 8],
  ),
  integer(
    'space.candidates',
    'Candidates',
    'Candidate cells of each stage (k): one supernet ranks k to the power of S architectures.',
    [1, 16],
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
  integer('search.generations', 'Generations', 'Regions searched one after another.', [1, 1000]),
  integer('search.seed', 'Seed', 'The same seed and settings give the same run.', [0, 2 ** 31 - 1]),
];

const STRATEGY_FIELD = choice(
  'strategy.id',
  'Outer search',
  'How the next region is chosen from the ranks.',
  STRATEGIES.map(({ descriptor }) => ({
    value: descriptor.id,
    label: descriptor.name,
    help: descriptor.explanation,
  })),
);

/** The groups every run has; the options of its strategy are added by `fieldGroupsFor`. */
export const FIELD_GROUPS: readonly FieldGroup[] = [
  { id: 'task', label: 'Task', fields: TASK_FIELDS },
  { id: 'space', label: 'Space', fields: SPACE_FIELDS },
  { id: 'supernet', label: 'Supernet training', fields: SUPERNET_FIELDS },
  { id: 'ranker', label: 'Inner search', fields: RANKER_FIELDS },
  { id: 'strategy', label: 'Outer search', fields: [STRATEGY_FIELD] },
  { id: 'search', label: 'Run', fields: SEARCH_FIELDS },
];

/** The strategy of an id, if there is one. */
export function findStrategy(id: unknown): Strategy | null {
  return STRATEGIES.find((strategy) => strategy.descriptor.id === id) ?? null;
}

/** All groups, with the options of the given strategy. */
export function fieldGroupsFor(strategyId: unknown): readonly FieldGroup[] {
  const options = findStrategy(strategyId)?.descriptor.fields ?? [];
  return FIELD_GROUPS.map((group) =>
    group.id === 'strategy' ? { ...group, fields: [...group.fields, ...options] } : group,
  );
}

/** All fields of a run with the given strategy, in order. */
export function fieldsFor(strategyId: unknown): readonly Field[] {
  return fieldGroupsFor(strategyId).flatMap((group) => group.fields);
}
