/** Statistics without a thread of their own, where there are none: in tests. */
import { createPortPair } from '../../core/rpc/pair.testing.ts';
import { serve } from '../../core/rpc/server.ts';
import type { StatisticsProtocol } from '../protocol/statistics.ts';
import { STATISTICS_HANDLERS } from '../statistics/answers.ts';
import { createStatistics, type Statistics } from './statistics.ts';

/** Statistics that are computed on this thread, a moment later. */
export function createInlineStatistics(): Statistics {
  return createStatistics(() => {
    const { client, server } = createPortPair();
    serve<StatisticsProtocol>(server, () => STATISTICS_HANDLERS);
    return client;
  });
}
