/** The statistician's work: a question to its answers. Pure, and slow. */
import { analyse } from '../../core/study/analysis.ts';
import { pooled } from '../../core/study/analysisPooling.ts';
import { analysisBasis, rankerTable, truthTable } from '../../core/study/rankerTable.ts';
import { namedPairs, reportTurns } from '../../core/study/report.ts';
import type { Answer, PooledStudy, Question } from './protocol.ts';

/** Intervals over several regions are for a note, not for a headline. */
const POOL_RESAMPLES = 500;
const TOP = 5;

function pool(studies: readonly PooledStudy[]): Answer {
  const analysed = studies.flatMap(({ region, view }) => {
    const basis = analysisBasis(view);
    if (!basis) return [];
    const options = { ...basis, k: TOP, resamples: 0 };
    return [{ region, analysis: analyse(truthTable(view), rankerTable(view), options) }];
  });
  const options = { seed: 1, resamples: POOL_RESAMPLES, against: [] };
  return { kind: 'pool', pooled: pooled(analysed, options) };
}

/** All answers to a question, as they are found. Throws what the statistics throw. */
export function* answersTo(question: Question): Generator<Answer, void> {
  switch (question.kind) {
    case 'report':
      for (const report of reportTurns(question.view, question.options)) {
        yield { kind: 'report', report };
      }
      break;
    case 'pairs': {
      const { truth, scores, most } = question;
      yield { kind: 'pairs', pairs: namedPairs(truth, scores, most) };
      break;
    }
    case 'pool':
      yield pool(question.studies);
      break;
    default:
      question satisfies never;
  }
}
