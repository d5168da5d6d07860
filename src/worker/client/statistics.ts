/** The page's end of the statistics thread, which starts with the first request. */
import { LabError } from '../../core/errors.ts';
import type { RpcClient } from '../../core/rpc/client.ts';
import type { Port } from '../../core/rpc/port.ts';
import type { ToServer } from '../../core/rpc/protocol.ts';
import { createRestartingClient } from '../../core/rpc/restarting.ts';
import { portTo } from '../port.ts';
import { STATISTICS_CHECKS, type StatisticsProtocol } from '../protocol/statistics.ts';

/** The way to a thread that computes statistics. */
export type StatisticsPort = Port<unknown, ToServer<StatisticsProtocol>>;

export interface Statistics extends Pick<RpcClient<StatisticsProtocol>, 'request' | 'follow'> {
  dispose(): void;
}

function spawnStatistics(): StatisticsPort {
  const worker = new Worker(new URL('../statistics/thread.ts', import.meta.url), {
    type: 'module',
    name: 'statistics',
  });
  return portTo(worker, 'their thread could not be loaded');
}

/** Statistics over threads made by `spawn`; another is made if one dies. */
export function createStatistics(spawn: () => StatisticsPort = spawnStatistics): Statistics {
  const { request, follow, close } = createRestartingClient<StatisticsProtocol>(spawn, {
    setup: null,
    checks: STATISTICS_CHECKS,
    pushes: {},
    name: 'statistics thread',
    died: (why) => new LabError('internal', `The statistics could not be computed: ${why}.`),
    cancelled: () => new LabError('cancelled', 'The statistics were cancelled.'),
  });
  return { request, follow, dispose: () => close('the page was closed') };
}
