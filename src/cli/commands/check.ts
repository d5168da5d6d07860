/** `check`: which backends there are, and whether their gradients are right. */
import { type BackendPreference, chooseBackend } from '../../engine/backend.ts';
import { checkEveryGradient } from '../../engine/selfTest.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { wasmFolder } from '../nodeSource.ts';

const BACKENDS: readonly BackendPreference[] = ['auto', 'webgpu', 'wasm', 'cpu'];

export const isBackend = (value: string | undefined): value is BackendPreference =>
  BACKENDS.some((known) => known === value);

export const backendOption = {
  kind: 'text',
  name: 'backend',
  value: 'name',
  choices: BACKENDS,
  help: 'Backend to compute with; auto takes the fastest, which is wasm in Node.',
} as const;

export const checkCommand: Command = {
  spec: {
    name: 'check',
    summary: 'Probes the backends and tests their gradients against plain JavaScript.',
    positional: [],
    options: [backendOption, { kind: 'flag', name: 'json', help: 'Print the probe.' }],
  },
  async run(args, io) {
    const wanted = args.text('backend');
    const prefer = isBackend(wanted) ? wanted : 'auto';
    const probe = await chooseBackend(prefer, { wasmPaths: wasmFolder(io.projectRoot) });
    const gradients = await checkEveryGradient();
    if (args.flag('json')) {
      printJson(io, { ...probe, gradients });
      return EXIT.done;
    }
    const { name, adapter, reason } = probe.chosen;
    io.out(`chosen: ${name} (${adapter}): ${reason}`);
    for (const candidate of probe.candidates) {
      const error = candidate.gradientError;
      const note = error === null ? '' : `, gradient error ${error.toExponential(1)}`;
      const state = candidate.available ? 'available' : 'not available';
      io.out(`  ${candidate.name}: ${state} (${candidate.note}${note})`);
    }
    io.out('gradients, largest error against plain JavaScript:');
    for (const { operation, error } of gradients) {
      io.out(`  ${operation}: ${error.toExponential(1)}`);
    }
    return EXIT.done;
  },
};
