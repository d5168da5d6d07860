/**
 * `npm run recordings`: makes the run and the studies that ship with the lab anew, with the present
 * engine. `-- --only run,mnist` makes some of them. Hours on a slow machine; whatever is done stays.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './lib/bundle.mjs';

const study = (dataset) => ({
  id: dataset,
  args: [
    ...['correlate', '--preset', 'study', '--dataset', dataset, '--seed', '1', '--seeds', '4'],
    ...['--supernets', '3', '--architectures', '25', '--checkpoints', '2', '--workers', '2'],
    ...['--out', `public/studies/${dataset}.jsonl.gz`],
  ],
});

const RECORDINGS = [
  {
    id: 'run',
    args: [
      ...['search', '--preset', 'quick', '--dataset', 'fashion-mnist', '--seed', '3'],
      ...['--generations', '12', '--out', 'public/runs/recorded.jsonl.gz'],
    ],
  },
  ...['cifar-10', 'fashion-mnist', 'mnist'].map(study),
];

const asked = process.argv[2] === '--only' ? (process.argv[3] ?? '').split(',') : null;
const known = RECORDINGS.map(({ id }) => id);
const wrong = (asked ?? []).filter((id) => !known.includes(id));
if ((process.argv.length > 2 && asked === null) || wrong.length > 0) {
  console.error(`Usage: npm run recordings -- --only ${known.join(',')}   (any of these)`);
  process.exit(2);
}
for (const { id, args } of RECORDINGS) {
  if (asked !== null && !asked.includes(id)) continue;
  console.log(`${id}: fade ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(projectRoot, 'scripts/fade.mjs'), ...args], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, INIT_CWD: projectRoot },
  });
  if (status !== 0) process.exit(status ?? 1);
}
