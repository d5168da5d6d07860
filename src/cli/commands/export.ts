/** `export`: a trained network as a file for other tools. */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { presetConfig } from '../../core/run/resolve.ts';
import { STUDY_BOUNDS } from '../../core/study/validate.ts';
import type { ExportFormat, TrainedModel } from '../../core/trainedModel.ts';
import { descriptionLines } from '../../engine/export/describe.ts';
import { readNetworkJson } from '../../engine/export/json.ts';
import { EXPORT_FORMATS, exportPackage } from '../../engine/export/package.ts';
import { prepareExport } from '../../engine/export/prepare.ts';
import { type ParsedArgs, usageError } from '../args.ts';
import { configFrom, configOptions } from '../configure.ts';
import { backendFrom, backendOption, describeBackend, openHost, outputPath } from '../host.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { threadsOption, withTeam } from '../team.ts';
import { architectureFor, train } from './evaluate.ts';

async function readNetwork(file: string, io: Io): Promise<TrainedModel> {
  let text: string;
  try {
    text = await readFile(resolve(io.cwd, file), 'utf8');
  } catch {
    throw usageError(
      `${file} cannot be read. Give an architecture such as 5:a3.1f, or a file made by export --format json.`,
    );
  }
  return readNetworkJson(text);
}

/** Trains an architecture alone as `evaluate` does, and keeps its weights. */
async function trainNetwork(id: string, args: ParsedArgs, io: Io): Promise<TrainedModel> {
  const config = await configFrom(args, io, presetConfig('study'));
  const architecture = architectureFor(id, config);
  const json = args.flag('json');
  const host = await openHost(config, backendFrom(args), io.projectRoot, io.signal);
  if (!json) io.err(describeBackend(host.backend));
  const steps = args.integer('steps') ?? config.supernet.steps;
  const seed = (args.integer('training') ?? 1) - 1;
  const request = { config, architecture, seed, steps };
  const result = await withTeam(host.backend, args, io, () =>
    train(request, host, json, io, { keepNetwork: true }),
  );
  const { descriptor } = host.dataset;
  const network = await prepareExport(result, { config, seed, steps }, host.task, descriptor);
  if (network) return network;
  throw usageError(`${id} cannot be exported: ${result.diverged} Lower supernet.weights.rate.`);
}

const formatOf = (args: ParsedArgs): ExportFormat =>
  EXPORT_FORMATS.find((format) => format === args.text('format')) ?? 'tfjs';

const [seedsFrom, seedsTo] = STUDY_BOUNDS.seeds;
const [stepsFrom, stepsTo] = STUDY_BOUNDS.steps;

export const exportCommand: Command = {
  spec: {
    name: 'export',
    summary: 'Trains an architecture alone and exports it; or converts a network.json.',
    positional: ['architecture'],
    options: [
      {
        kind: 'text',
        name: 'format',
        value: 'format',
        choices: EXPORT_FORMATS,
        help: 'TensorFlow.js layers model, PyTorch module, ONNX, or the lab’s own JSON; tfjs unless given.',
      },
      {
        kind: 'text',
        name: 'out',
        value: 'file',
        help: 'Where to write; a name from data set and architecture unless given.',
      },
      ...configOptions('study'),
      {
        kind: 'integer',
        name: 'steps',
        minimum: stepsFrom,
        maximum: stepsTo,
        help: 'Training steps; as many as a supernet of the settings unless given.',
      },
      {
        kind: 'integer',
        name: 'training',
        minimum: seedsFrom,
        maximum: seedsTo,
        help: 'Which training, as numbered by evaluate; the first unless given.',
      },
      backendOption,
      threadsOption,
      { kind: 'flag', name: 'json', help: 'Print {file, format, bytes, architecture, …}.' },
    ],
  },
  async run(args, io) {
    const [what = ''] = args.positional;
    const wanted = await outputPath(args, io);
    const network = what.endsWith('.json')
      ? await readNetwork(what, io)
      : await trainNetwork(what, args, io);
    const format = formatOf(args);
    const { name, bytes } = exportPackage(format, network);
    const file = wanted ?? resolve(io.cwd, name);
    await writeFile(file, bytes);
    const { architecture, training } = network;
    const { accuracy, loss, seed, steps } = training;
    if (args.flag('json')) {
      const size = bytes.length;
      printJson(io, { file, format, bytes: size, architecture, accuracy, loss, seed, steps });
    } else {
      for (const line of descriptionLines(network)) io.out(line);
      io.out(`${format}: ${file} (${bytes.length} bytes)`);
    }
    return EXIT.done;
  },
};
