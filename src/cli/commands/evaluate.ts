/** `evaluate`: an architecture trained alone, from several seeds. */

import { architectureCost } from '../../core/architecture.ts';
import { cellsOf } from '../../core/cellId.ts';
import { toErrorRecord } from '../../core/errors.ts';
import { formatDecimal, formatPercent } from '../../core/format.ts';
import { networkShape } from '../../core/networkShape.ts';
import { isRecord } from '../../core/paths.ts';
import type { RunConfig } from '../../core/run/config.ts';
import { presetConfig } from '../../core/run/resolve.ts';
import type { ArchitectureId } from '../../core/space/ids.ts';
import { spaceOf } from '../../core/space/registry.ts';
import { meanOfKnown } from '../../core/stats/index.ts';
import { STUDY_BOUNDS } from '../../core/study/validate.ts';
import {
  type AloneOptions,
  type AloneRequest,
  type AloneResult,
  trainAlone,
} from '../../engine/evaluate.ts';
import { usageError } from '../args.ts';
import { configFrom, configOptions } from '../configure.ts';
import {
  backendFrom,
  backendOption,
  describeBackend,
  gateOf,
  type Host,
  openHost,
} from '../host.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { bar } from '../report.ts';
import { threadsOption, withTeam } from '../team.ts';

/**
 * The architecture of an id.
 * @throws LabError `usage` if it names none of the space that the settings choose.
 */
export function architectureFor(id: string, { space }: RunConfig): ArchitectureId {
  try {
    return spaceOf(space).read(id);
  } catch (thrown) {
    const { message, details } = toErrorRecord(thrown);
    if (!isRecord(details.settings)) throw thrown;
    const options = Object.entries(details.settings).map(
      ([path, value]) => `--set ${path}=${value}`,
    );
    throw usageError(`${message} Add ${options.join(' ')}.`);
  }
}

/** Trains one architecture to the end, with a line of progress. */
export async function train(
  request: AloneRequest,
  host: Host,
  json: boolean,
  io: Io,
  options: AloneOptions = {},
): Promise<AloneResult> {
  const training = trainAlone(request, host.task, gateOf(io.signal), options);
  for (;;) {
    const next = await training.next();
    if (next.done) return next.value;
    const { step, loss } = next.value;
    if (json && !io.status) continue;
    io.status?.(
      `${bar(step, request.steps)}  seed ${request.seed + 1}  loss ${formatDecimal(loss)}`,
    );
  }
}

function describe(seed: number, { loss, accuracy, diverged }: AloneResult): string {
  if (loss === null || accuracy === null) return `seed ${seed + 1}  diverged: ${diverged}`;
  return `seed ${seed + 1}  accuracy ${formatPercent(accuracy, 2)}  loss ${formatDecimal(loss, 4)}`;
}

const [seedsFrom, seedsTo] = STUDY_BOUNDS.seeds;
const [stepsFrom, stepsTo] = STUDY_BOUNDS.steps;

export const evaluateCommand: Command = {
  spec: {
    name: 'evaluate',
    summary: 'Trains an architecture alone and tests it, e.g. evaluate 5:a3.1f.',
    positional: ['architecture'],
    options: [
      ...configOptions('study'),
      {
        kind: 'integer',
        name: 'seeds',
        minimum: seedsFrom,
        maximum: seedsTo,
        help: 'Trainings, from different initial weights; 1 unless given.',
      },
      {
        kind: 'integer',
        name: 'steps',
        minimum: stepsFrom,
        maximum: stepsTo,
        help: 'Training steps; as many as a supernet of the settings unless given.',
      },
      backendOption,
      threadsOption,
      { kind: 'flag', name: 'json', help: 'Print {architecture, accuracies, losses, …}.' },
    ],
  },
  async run(args, io) {
    const config = await configFrom(args, io, presetConfig('study'));
    const architecture = architectureFor(args.positional[0] ?? '', config);
    const json = args.flag('json');
    const host = await openHost(config, backendFrom(args), io.projectRoot, io.signal);
    if (!json) io.err(describeBackend(host.backend));
    const cost = architectureCost(networkShape(config, host.task.shape), cellsOf(architecture));
    const steps = args.integer('steps') ?? config.supernet.steps;
    const results: AloneResult[] = [];
    await withTeam(host.backend, args, io, async () => {
      for (let seed = 0; seed < (args.integer('seeds') ?? 1); seed++) {
        const result = await train({ config, architecture, seed, steps }, host, json, io);
        results.push(result);
        if (!json) io.out(describe(seed, result));
      }
    });
    const accuracies = results.map(({ accuracy }) => accuracy);
    const mean = meanOfKnown(accuracies);
    if (json) {
      printJson(io, {
        architecture,
        backend: host.backend,
        ...cost,
        steps,
        accuracies,
        losses: results.map(({ loss }) => loss),
        mean,
        diverged: results.map(({ diverged }) => diverged),
        histories: results.map(({ history }) => history),
      });
    } else {
      const shown = mean === null ? 'n/a' : formatPercent(mean, 2);
      io.out(`mean accuracy ${shown}; ${cost.parameters} parameters, ${cost.flops} FLOPs an image`);
    }
    return EXIT.done;
  },
};
