/** The statistics thread: no tensors, so it is ready at once and never waits for training. */
import { serve } from '../../core/rpc/server.ts';
import { ownPort } from '../port.ts';
import type { StatisticsProtocol } from '../protocol/statistics.ts';
import { STATISTICS_HANDLERS } from './answers.ts';

serve<StatisticsProtocol>(ownPort(), () => STATISTICS_HANDLERS);
