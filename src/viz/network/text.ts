/** A network in words and as a table of its parts. */
import type { Cost } from '../../core/architecture.ts';
import { facts } from '../../core/cell.ts';
import { readArchitecture } from '../../core/cellId.ts';
import { formatFlops } from '../../core/format.ts';
import type { ChartTable } from '../shared/chart.ts';
import { tick } from '../shared/text.ts';
import { edgeNames } from './cellDiff.ts';
import type { NetworkModel } from './model.ts';
import { type NetworkPart, type NetworkStage, networkParts } from './parts.ts';

/** Counts with thousands: 12,336; with SI letters from a million on. */
export function countText(value: number): string {
  if (Math.abs(value) >= 1e6) return tick(value);
  return value.toLocaleString('en-GB').replace('-', '−');
}

/** The same with a plus above zero. */
export const signedCountText = (value: number): string =>
  `${value > 0 ? '+' : ''}${countText(value)}`;

/** 3,504 parameters · 1.8 MFLOP */
export const costText = ({ parameters, flops }: Cost): string =>
  `${countText(parameters)} parameters · ${formatFlops(flops)}`;

/** +584 parameters · +299 kFLOP; `same cost` for nothing. */
export function changeText({ parameters, flops }: Cost): string {
  if (parameters === 0 && flops === 0) return 'same cost';
  return `${signedCountText(parameters)} parameters · ${flops > 0 ? '+' : ''}${formatFlops(flops)}`;
}

/** One stage in words, with what changed. */
export function stageWords(model: NetworkModel, { stage, parts, diff }: NetworkStage): string {
  const { vertices, masks } = readArchitecture(model.architecture);
  const { depth, operations } = facts(vertices, masks[stage] ?? 0);
  const out = parts.at(-1)?.output ?? '';
  const changes = diff
    ? (['added', 'removed'] as const).map(
        (change) => `${change}: ${edgeNames(diff, change).join(', ') || 'nothing'}`,
      )
    : [];
  return [
    `stage ${stage + 1}: ${operations} operations, depth ${depth}, gives ${out}`,
    ...changes,
  ].join('; ');
}

export function describeNetwork(model: NetworkModel): string {
  const { input, stages, classifier, total, change } = networkParts(model);
  const against =
    model.compare && change ? ` Against ${model.compare}: ${changeText(change)}.` : '';
  return `Network ${model.architecture}: input ${input.output}; ${stages
    .map((stage) => stageWords(model, stage))
    .join('; ')}; ${classifier.text}. ${costText(total)}.${against}`;
}

const NAMES: { readonly [K in NetworkPart['kind']]: string } = {
  input: 'input',
  stem: 'input layer',
  cell: 'cell',
  pooling: 'pooling',
  classifier: 'classifier',
};

export function tableNetwork(model: NetworkModel): ChartTable {
  const { input, stages, classifier, total, change } = networkParts(model);
  const compared = model.compare !== null;
  const row = (part: NetworkPart, added = '', removed = '') => [
    part.stage === null ? '' : part.stage + 1,
    NAMES[part.kind],
    part.text,
    part.output,
    part.cost.parameters,
    part.cost.flops,
    ...(compared ? [part.change?.parameters ?? '', part.change?.flops ?? '', added, removed] : []),
  ];
  const stageRows = stages.flatMap(({ parts, diff }) =>
    parts.map((part) =>
      part.kind === 'cell' && diff
        ? row(part, edgeNames(diff, 'added').join(' '), edgeNames(diff, 'removed').join(' '))
        : row(part),
    ),
  );
  const changed = compared ? [change?.parameters ?? '', change?.flops ?? '', '', ''] : [];
  return {
    columns: [
      'stage',
      'part',
      'layer',
      'output',
      'parameters',
      'FLOPs an image',
      ...(compared ? ['parameters, change', 'FLOPs, change', 'added edges', 'removed edges'] : []),
    ],
    rows: [
      row(input),
      ...stageRows,
      row(classifier),
      ['', 'total', '', '', total.parameters, total.flops, ...changed],
    ],
  };
}
