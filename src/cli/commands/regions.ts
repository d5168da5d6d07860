/** `regions`: what holds on several regions, from the saved studies of each. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { LabError } from '../../core/errors.ts';
import { unpackLog } from '../../core/log/file.ts';
import { meanOfKnown } from '../../core/stats/index.ts';
import type { MacroInterval, PooledRanker } from '../../core/study/analysisPooling.ts';
import { STUDY_LOG } from '../../core/study/log.ts';
import { singleTables } from '../../core/study/rankerTable.ts';
import { reduceStudy } from '../../core/study/reducer.ts';
import {
  type AnalysedRegion,
  analyseRegions,
  poolRegions,
  type RegionView,
  SIZE_REFERENCES,
  sameKind,
} from '../../core/study/regions.ts';
import { singleEstimates } from '../../core/study/singles.ts';
import { usageError } from '../args.ts';
import { type Command, EXIT, type Io, printJson } from '../io.ts';
import { align, interval, short } from '../study/table.ts';

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
  const log = await unpackLog(STUDY_LOG, bytes, file);
  return { region: log.title, view: reduceStudy(log.events) };
}

/** Regions go by the titles of their studies, and by their files too where titles are the same. */
function distinct(files: readonly string[], studies: readonly RegionView[]): RegionView[] {
  const count = (region: string) => studies.filter((one) => one.region === region).length;
  return studies.map(({ region, view }, i) => ({
    region: count(region) > 1 ? `${region} (${files[i]})` : region,
    view,
  }));
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

/** Mean ρ over single supernets, then regions; undefined for rankers that read no supernet. */
type SingleMeans = ReadonlyMap<string, number | null>;

function singleMeans(regions: readonly AnalysedRegion[]): SingleMeans {
  const means = new Map<string, (number | null)[]>();
  for (const { view, analysis, options } of regions) {
    const estimates = singleEstimates(singleTables(view), analysis.truth, options);
    for (const [id, own] of estimates) {
      const mean = meanOfKnown(own.map(({ spearman }) => spearman));
      means.set(id, [...(means.get(id) ?? []), mean]);
    }
  }
  return new Map([...means].map(([id, list]) => [id, meanOfKnown(list)] as const));
}

const byMean = (a: PooledRanker, b: PooledRanker) => (b.spearman ?? -2) - (a.spearman ?? -2);

function describe(
  regions: readonly AnalysedRegion[],
  rankers: readonly PooledRanker[],
  singles: SingleMeans,
): string[] {
  const single = (id: string) => {
    const mean = singles.get(id);
    return mean === undefined ? '' : short(mean);
  };
  const cells = (one: PooledRanker) => [
    one.name,
    ...regions.map(({ region }) =>
      short(one.regions.find((own) => own.region === region)?.spearman ?? null),
    ),
    short(one.spearman),
    interval(reach(one.intervals)),
    single(one.id),
    ...SIZE_REFERENCES.map((id) => {
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
    ...SIZE_REFERENCES.map((id) => `minus ${id}`),
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
    ...align([head, ...[...rankers].sort(byMean).map(cells)]),
    '',
    `rho inside each region; mean on Fisher's scale; intervals draw regions and architectures anew (${RESAMPLES} resamples)`,
    ...(regions.length < 2 ? ['one region only: intervals are about it'] : []),
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
    const studies = distinct(files, await Promise.all(files.map((file) => readStudy(file, io))));
    checkKinds(files, studies);
    const analysed = analyseRegions(studies);
    if (analysed.length === 0) {
      throw new LabError('usage', 'No architecture is measured in these studies yet.');
    }
    const { rankers } = poolRegions(analysed, RESAMPLES);
    const singles = singleMeans(analysed);
    if (args.flag('json')) {
      const regions = analysed.map(({ region, analysis: { truth } }) => ({
        region,
        architectures: truth.n,
        architectureStd: truth.architectureStd,
        seedStd: truth.seedStd,
        splitHalf: truth.splitHalf,
        ceiling: truth.ceiling,
      }));
      const listed = rankers.map((one) => ({ ...one, single: singles.get(one.id) ?? null }));
      printJson(io, { regions, rankers: listed });
      return EXIT.done;
    }
    for (const line of describe(analysed, rankers, singles)) io.out(line);
    return EXIT.done;
  },
};
