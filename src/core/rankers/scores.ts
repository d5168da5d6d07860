/** Scores of architectures from any ranker, whichever form it has. */
import { choiceScore, ensembleRanks, type StageTable } from '../ranks.ts';
import type { Ranker, Reading, Subject, SupernetRanker } from './types.ts';

/** R, mean over the supernets; null unless every one of them was measured as needed. */
function ensembleTable(ranker: SupernetRanker, readings: readonly Reading[]): StageTable | null {
  const tables = readings.map((reading) => ranker.table(reading));
  const whole = tables.filter((table) => table !== null);
  return whole.length > 0 && whole.length === tables.length ? ensembleRanks(whole) : null;
}

/**
 * One score for each contender, higher is better, comparable inside this region only; null where what
 * the ranker needs is missing. Readings of several supernets are averaged: those of an ensemble.
 */
export function scoresOf(
  ranker: Ranker,
  subject: Subject,
  readings: readonly Reading[],
): readonly (number | null)[] {
  if (ranker.form === 'choices') return ranker.scores(subject, readings);
  const table =
    ranker.form === 'cells' ? ranker.table(subject.region) : ensembleTable(ranker, readings);
  return subject.contenders.map(({ choice }) => table && choiceScore(table, choice));
}
