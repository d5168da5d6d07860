/**
 * The layers of the house: what each folder under src may import. See docs/architecture.md. Paths are
 * below src; `engine/tf` is the file, `engine/ops` the folder.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const isThere = (path) =>
  ['', '.ts', '.tsx'].some((end) => existsSync(join(__dirname, 'src', path + end)));

const pathOf = (paths) => {
  for (const path of paths) {
    // A folder that is missing is a rule that checks nothing.
    if (!isThere(path)) throw new Error(`No src/${path} to check.`);
  }
  return `^src/(${paths.join('|')})(/|\\.)`;
};

/** Tests look at more than what they test is made of. */
const TESTS = '(\\.(test|testing|fixture)|/testing)\\.tsx?$';

const nameOf = (path) => path.replaceAll('/', '-');

/** A folder of src imports itself and what is listed. */
const layer = (folder, ...allowed) => ({
  name: `${nameOf(folder)}-layer`,
  severity: 'error',
  comment: `${folder} may import only ${[folder, ...allowed].join(', ')}`,
  from: { path: pathOf([folder]) },
  to: { path: '^src/', pathNot: pathOf([folder, ...allowed]) },
});

/** The same within a layer, where tests are free. */
const inner = (folder, ...allowed) => {
  const rule = layer(folder, ...allowed);
  return { ...rule, from: { ...rule.from, pathNot: TESTS } };
};

/** What is listed is above a folder, or none of its business. */
const below = (folder, ...above) => ({
  name: `${nameOf(folder)}-below`,
  severity: 'error',
  comment: `${folder} does not know ${above.join(', ')}`,
  from: { path: pathOf([folder]), pathNot: TESTS },
  to: { path: pathOf(above) },
});

/** Nothing beside a folder imports it: only the layers above do. */
const top = (layer, folder) => ({
  name: `${nameOf(`${layer}/${folder}`)}-top`,
  severity: 'error',
  comment: `Nothing else in ${layer} knows ${folder}`,
  from: { path: pathOf([layer]), pathNot: `${pathOf([`${layer}/${folder}`])}|${TESTS}` },
  to: { path: pathOf([`${layer}/${folder}`]) },
});

const onlyIn = (name, where, what) => ({
  name: `${name}-only`,
  severity: 'error',
  comment: `Only ${where} may import it`,
  from: { path: '^src/', pathNot: `^src/(${where})` },
  to: { path: what },
});

const LAYERS = [
  layer('core'),
  layer('data', 'core'),
  layer('engine', 'core', 'data'),
  layer('viz', 'core'),
  layer('ui', 'core'),
  layer('worker', 'core', 'data', 'engine'),
  layer('state', 'core', 'worker/client', 'worker/protocol'),
  layer('views', 'state', 'viz', 'ui', 'core'),
  layer('cli', 'engine', 'data', 'core'),
];

const SMALL_HELPERS = ['canonical', 'columns', 'csv', 'elementary', 'gzip', 'paths'].map(
  (name) => `core/${name}`,
);

const CORE = [
  layer('core/errors'),
  inner('core/rpc', 'core/errors'),
  inner('core/log', 'core/errors', ...SMALL_HELPERS.filter(isThere)),
  inner('core/stats', 'core/errors', 'core/random'),
  below('core/space', 'core/method', 'core/run', 'core/study', 'core/log'),
  below('core/method', 'core/run', 'core/study', 'core/log'),
  below('core/rankers', 'core/method', 'core/study', 'core/log'),
  below('core/proxies', 'core/method', 'core/run', 'core/study', 'core/log'),
  below('core/cost', 'core/method', 'core/run', 'core/study', 'core/log'),
  below('core/datasets', 'core/method', 'core/run', 'core/study', 'core/log'),
  below('core/run', 'core/study'),
  top('core', 'rpc'),
  top('core', 'bench'),
];

const KERNELS = ['core', 'engine/tf', 'engine/ops', 'engine/network'];

const ENGINE = [
  layer('engine/tf'),
  inner('engine/ops', 'core', 'engine/tf'),
  inner('engine/network', ...KERNELS),
  inner('engine/executors', ...KERNELS, 'engine/optimiser', 'engine/device', 'engine/selfTest'),
  below('engine/executors/wasm', 'engine/executors/webgpu'),
  below('engine/executors/webgpu', 'engine/executors/wasm'),
  inner('engine/proxies', ...KERNELS, 'engine/executors', 'engine/task', 'engine/evaluate'),
  inner(
    'engine/export',
    ...[...KERNELS, 'data', 'engine/executors'],
    ...['engine/task', 'engine/supernet', 'engine/evaluate'],
  ),
  below('engine/supernet', 'engine/proxies', 'engine/rank', 'engine/evaluate'),
  below('engine/search', 'engine/study', 'engine/proxies'),
  below('engine/study', 'engine/search', 'engine/round', 'engine/rank'),
  top('engine', 'export'),
  top('engine', 'bench'),
];

const SIDES = [
  inner('worker/protocol', 'core'),
  inner('worker/client', 'core', 'worker/protocol', 'worker/port'),
  inner('worker/statistics', 'core', 'worker/protocol', 'worker/port'),
  inner('worker/team', 'core', 'engine', 'worker/port'),
];

const PACKAGES = [
  onlyIn('tfjs', 'engine/', '@tensorflow/'),
  onlyIn('react', 'views/|ui/|main\\.', 'node_modules/(react|react-dom|lucide-react)/'),
  onlyIn('d3', 'viz/', 'node_modules/d3'),
];

module.exports = {
  forbidden: [
    ...[...LAYERS, ...CORE, ...ENGINE, ...SIDES, ...PACKAGES],
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
    },
  },
};
