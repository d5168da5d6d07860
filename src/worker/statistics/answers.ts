/** The work of the statistics thread: a handler for each request. Pure, and slow. */
import type { Handlers } from '../../core/rpc/server.ts';
import { analyseRegions, poolRegions } from '../../core/study/regions.ts';
import { namedPairs, reportTurns } from '../../core/study/report.ts';
import type { StatisticsProtocol } from '../protocol/statistics.ts';

/** Intervals over several regions are for a note, not for a headline. */
const POOL_RESAMPLES = 500;

/** They throw what the statistics throw. */
export const STATISTICS_HANDLERS: Handlers<StatisticsProtocol> = {
  async report({ view, options }, _, tell) {
    for (const report of reportTurns(view, options)) tell(report);
    return null;
  },
  pairs: async ({ truth, scores, most }) => namedPairs(truth, scores, most),
  pool: async (studies) => poolRegions(analyseRegions(studies), POOL_RESAMPLES),
};
