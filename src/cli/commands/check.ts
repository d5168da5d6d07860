/** `check`: which backends there are, and whether their gradients are right. */
import { chooseBackend } from '../../engine/backend.ts';
import { checkEveryGradient } from '../../engine/selfTest.ts';
import { backendFrom, backendOption } from '../host.ts';
import { type Command, EXIT, printJson } from '../io.ts';
import { backendEnvironment } from '../nodeSource.ts';

export const checkCommand: Command = {
  spec: {
    name: 'check',
    summary: 'Probes the backends and tests their gradients against plain JavaScript.',
    positional: [],
    options: [backendOption, { kind: 'flag', name: 'json', help: 'Print the probe.' }],
  },
  async run(args, io) {
    const probe = await chooseBackend(backendFrom(args), backendEnvironment(io.projectRoot));
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
