/** Options of supernet training, as data. */
import type { Field } from '../fields.ts';

const OPTIMISERS = [
  { value: 'adam', label: 'Adam', help: 'Adapts the rate of every weight.' },
  { value: 'sgd', label: 'SGD', help: 'Plain descent with momentum.' },
] as const;

const SCHEDULES = [
  { value: 'constant', label: 'Constant', help: 'The same rate throughout.' },
  { value: 'linear', label: 'Linear', help: 'Falls to the final rate over the schedule epochs.' },
  { value: 'cosine', label: 'Cosine', help: 'Rises during the warm-up, then falls to zero.' },
] as const;

/** The optimiser fields of `supernet.weights` or `supernet.alpha`. */
function optimiserFields(path: string, name: string): readonly Field[] {
  const of = (label: string) => `${name}: ${label}`;
  return [
    {
      kind: 'choice',
      path: `${path}.optimiser`,
      label: of('optimiser'),
      help: 'How gradients become steps.',
      choices: OPTIMISERS,
    },
    {
      kind: 'number',
      path: `${path}.rate`,
      label: of('rate'),
      help: 'Length of a step.',
      minimum: 1e-6,
      maximum: 10,
    },
    {
      kind: 'number',
      path: `${path}.momentum`,
      label: of('momentum'),
      help: 'Share of the last step carried on (SGD).',
      minimum: 0,
      maximum: 0.999,
    },
    {
      kind: 'choice',
      path: `${path}.schedule`,
      label: of('schedule'),
      help: 'How the rate changes during training.',
      choices: SCHEDULES,
    },
    {
      kind: 'number',
      path: `${path}.finalRate`,
      label: of('final rate'),
      help: 'Rate the linear schedule ends at.',
      minimum: 0,
      maximum: 10,
    },
    {
      kind: 'number',
      path: `${path}.scheduleEpochs`,
      label: of('schedule epochs'),
      help: 'Epochs after which the linear schedule has ended.',
      unit: 'epochs',
      minimum: 0,
      maximum: 10_000,
    },
    {
      kind: 'number',
      path: `${path}.warmUp`,
      label: of('warm-up'),
      help: 'Share of the steps with a rising rate (cosine).',
      minimum: 0,
      maximum: 0.5,
    },
  ];
}

const TRAINING: readonly Field[] = [
  {
    kind: 'integer',
    path: 'supernet.steps',
    label: 'Steps',
    help: 'Training steps of one supernet.',
    unit: 'steps',
    minimum: 1,
    maximum: 100_000,
  },
  {
    kind: 'integer',
    path: 'supernet.batchSize',
    label: 'Batch size',
    help: 'Images of one step.',
    unit: 'images',
    minimum: 1,
    maximum: 1024,
  },
  {
    kind: 'choice',
    path: 'supernet.normalisation',
    label: 'Normalisation',
    help: 'What every cell’s output is divided by.',
    choices: [
      { value: 'none', label: 'None', help: 'Architectures differ most; needs care with rates.' },
      { value: 'batch', label: 'Batch', help: 'Per channel over the batch, without affine terms.' },
      { value: 'l2', label: 'L2 norm', help: 'The norm of the whole tensor, not differentiated.' },
    ],
  },
  {
    kind: 'choice',
    path: 'supernet.weightInit',
    label: 'Weight init',
    help: 'How the weights start.',
    choices: [
      { value: 'he', label: 'He', help: 'Normal, variance 2 over the inputs.' },
      { value: 'uniform', label: 'Uniform', help: 'Uniform within 1 over the root of the inputs.' },
    ],
  },
];

const ALPHA: readonly Field[] = [
  {
    kind: 'choice',
    path: 'supernet.alpha.init',
    label: 'Alpha: init',
    help: 'How the architecture parameters start.',
    choices: [
      { value: 'zeros', label: 'Zeros', help: 'All candidates equal.' },
      { value: 'ones', label: 'Ones', help: 'All candidates equal, shifted by one.' },
      { value: 'uniform', label: 'Uniform', help: 'Random within 0 and 1: a random preference.' },
    ],
  },
  {
    kind: 'choice',
    path: 'supernet.alpha.order',
    label: 'Alpha: order',
    help: 'Which images and gradients move alpha.',
    choices: [
      { value: 'joint', label: 'Joint', help: 'With the weights, on the training images.' },
      { value: 'first', label: 'First order', help: 'In turn with the weights, on validation.' },
      { value: 'second', label: 'Second order', help: 'Looks one weight step ahead; dearest.' },
    ],
  },
  {
    kind: 'number',
    path: 'supernet.alpha.frozen',
    label: 'Alpha: frozen',
    help: 'Share of the steps during which alpha does not move.',
    minimum: 0,
    maximum: 1,
  },
];

const MIXING: readonly Field[] = [
  {
    kind: 'choice',
    path: 'supernet.sampling',
    label: 'Mixing',
    help: 'How alpha becomes the weights of the candidates.',
    choices: [
      { value: 'softmax', label: 'Softmax', help: 'The plain form, no noise.' },
      { value: 'gumbel', label: 'Gumbel-softmax', help: 'Fresh noise each step, soft weights.' },
      { value: 'gumbel-hard', label: 'Hard Gumbel', help: 'One candidate a step, soft gradient.' },
    ],
  },
  {
    kind: 'number',
    path: 'supernet.temperature',
    label: 'Temperature',
    help: 'Of the Gumbel-softmax: low is nearly one candidate, high nearly equal weights.',
    minimum: 0.01,
    maximum: 10,
  },
  {
    kind: 'integer',
    path: 'supernet.reportEvery',
    label: 'Report every',
    help: 'Steps between two points of the curves.',
    unit: 'steps',
    minimum: 1,
    maximum: 1000,
  },
];

export const SUPERNET_FIELDS: readonly Field[] = [
  ...TRAINING,
  ...optimiserFields('supernet.weights', 'Weights'),
  ...optimiserFields('supernet.alpha', 'Alpha'),
  ...ALPHA,
  ...MIXING,
];
