/** The statistician's work: a question to its answers. Pure, and slow. */
import { analyseRegions, poolRegions } from '../../core/study/regions.ts';
import { namedPairs, reportTurns } from '../../core/study/report.ts';
import type { Answer, Question } from '../protocol/statistics.ts';

/** Intervals over several regions are for a note, not for a headline. */
const POOL_RESAMPLES = 500;
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
      yield { kind: 'pool', pooled: poolRegions(analyseRegions(question.studies), POOL_RESAMPLES) };
      break;
    default:
      question satisfies never;
  }
}
