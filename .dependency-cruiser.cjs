/** The layers of the house: what each folder under src may import. See docs/architecture.md. */
const ours = (layers) => `^src/(${layers.join('|')})(/|\\.)`;
const onlyFrom = (layer, allowed) => ({
  name: `${layer}-layer`,
  severity: 'error',
  comment: `${layer} may import only ${[layer, ...allowed].join(', ')}`,
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: ours([layer, ...allowed]) },
});

module.exports = {
  forbidden: [
    onlyFrom('core', []),
    onlyFrom('data', ['core']),
    onlyFrom('engine', ['core', 'data']),
    onlyFrom('viz', ['core']),
    onlyFrom('state', ['core', 'worker/client', 'worker/protocol']),
    onlyFrom('views', ['state', 'viz', 'ui', 'core']),
    onlyFrom('ui', ['core']),
    onlyFrom('cli', ['engine', 'data', 'core']),
    {
      name: 'worker-client-is-light',
      severity: 'error',
      comment: 'The page must be able to load it without the engine',
      from: { path: '^src/worker/(client|protocol|statistics)/' },
      to: { path: '^src/(engine|data|views|viz|state|ui|cli)/' },
    },
    {
      name: 'tfjs-in-engine-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: '@tensorflow/' },
    },
    {
      name: 'react-in-screens-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(views|ui|main)' },
      to: { path: 'node_modules/(react|react-dom|lucide-react)/' },
    },
    {
      name: 'd3-in-viz-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/viz/' },
      to: { path: 'node_modules/d3' },
    },
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
