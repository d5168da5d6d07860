/** `regions`: what holds on several regions, from the saved studies of each. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LabError } from '../../core/errors.ts';
import { meanOfKnown } from '../../core/stats/index.ts';
import type { MacroInterval, PooledRanker } from '../../core/study/analysisPooling.ts';
import { unpackStudy } from '../../core/study/codec.ts';
import { reduceStudy } from '../../core/study/reducer.ts';
import {
  type RegionsReport,
  type RegionView,
  reportRegions,
  sameKind,
} from '../../core/study/regions.ts';
import { usageError } from '../args.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { alignColumns, interval, short } from '../study/table.ts';

const RESAMPLES = 2000;

async function readStudy(file: string, io: Io): Promise<RegionView> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(resolve(io.cwd, file));
  } catch {
    throw usageError(
      `${file} cannot be read. Allowed: a study saved by correlate --out or the lab.`,
    );
  }
  const log = await unpackStudy(bytes, file);
  return { region: log.title, view: reduceStudy(log.events) };
}

function checkKinds(files: readonly string[], studies: readonly RegionView[]): void {
  const [first] = studies;
  const odd = studies.findIndex(({ view }) => first && !sameKind(first.view, view));
  if (odd < 0) return;
  throw usageError(
    `${files[odd]} is a study of another task, space or training than ${files[0]}. Allowed: studies that differ in their seed or region.`,
  );
}

/** About regions like these, or about these if there is one only. */
const reach = ({ nested, within }: MacroInterval) => nested ?? within;

/** Undefined for rankers that read no supernet. */
function singleOf({ regions }: RegionsReport, id: string): number | null | undefined {
  const read = regions.filter(({ single }) => single.has(id));
  return read.length === 0
    ? undefined
    : meanOfKnown(read.map(({ single }) => single.get(id) ?? null));
}

const byMean = (a: PooledRanker, b: PooledRanker) => (b.spearman ?? -2) - (a.spearman ?? -2);

function describe(report: RegionsReport): string[] {
  const { regions, pooled } = report;
  const [example] = pooled.rankers;
  const references = [...new Set(pooled.rankers.flatMap((one) => one.differences))]
    .map(({ against }) => against)
    .filter((id, i, all) => all.indexOf(id) === i);
  const single = (id: string) => {
    const value = singleOf(report, id);
    return value === undefined ? '' : short(value);
  };
  const cells = (one: PooledRanker) => [
    one.name,
    ...regions.map(({ region }) =>
      short(one.regions.find((own) => own.region === region)?.spearman ?? null),
    ),
    short(one.spearman),
    interval(reach(one.intervals)),
    single(one.id),
    ...references.map((id) => {
      const difference = one.differences.find(({ against }) => against === id);
      if (!difference) return '';
      return `${short(difference.spearman)} ${interval(reach(difference.intervals))}`;
    }),
  ];
  const head = [
    'ranker',
    ...regions.map((_, r) => `${r + 1}`),
    'mean',
    '95 %',
    'single',
    ...references.map((id) => `minus ${id}`),
  ];
  return [
    ...regions.map(({ region, analysis: { truth } }, r) =>
      [
        `${r + 1}  ${region}: ${truth.n} architectures`,
        `std ${short(truth.architectureStd, 4)} over architectures, ${short(truth.seedStd, 4)} over seeds`,
        `split-half ${short(truth.splitHalf)}, ceiling of rho ${short(truth.ceiling)}`,
      ].join('; '),
    ),
    '',
    ...alignColumns([head, ...[...pooled.rankers].sort(byMean).map(cells)]),
    '',
    `rho inside each region; mean on Fisher's scale; intervals draw regions and architectures anew (${RESAMPLES} resamples)`,
    ...(example && example.regions.length < 2 ? ['one region only: intervals are about it'] : []),
  ];
}

export const regionsCommand: Command = {
  spec: {
    name: 'regions',
    summary: 'Says what holds on several regions, from the study of each.',
    positional: ['study.jsonl.gz'],
    more: 'study.jsonl.gz',
    options: [{ kind: 'flag', name: 'json', help: 'Print {regions, rankers}.' }],
  },
  async run(args, io) {
    const files = args.positional;
    const studies: RegionView[] = [];
    for (const file of files) studies.push(await readStudy(file, io));
    checkKinds(files, studies);
    const report = reportRegions(studies, RESAMPLES);
    if (report.regions.length === 0) {
      throw new LabError('usage', 'No architecture is measured in these studies yet.');
    }
    if (args.flag('json')) {
      const regions = report.regions.map(({ region, analysis: { truth } }) => ({
        region,
        architectures: truth.n,
        architectureStd: truth.architectureStd,
        seedStd: truth.seedStd,
        splitHalf: truth.splitHalf,
        ceiling: truth.ceiling,
      }));
      const rankers = report.pooled.rankers.map((one) => ({
        ...one,
        single: singleOf(report, one.id) ?? null,
      }));
      printJson(io, { regions, rankers });
      return EXIT.done;
    }
    for (const line of describe(report)) io.out(line);
    return EXIT.done;
  },
};
