/** What the page and the statistics thread say to each other. Requests are answered in order. */

import { isRecord } from '../../core/paths.ts';
import type { ResultChecks } from '../../core/rpc/client.ts';
import type { Call, NoPushes } from '../../core/rpc/protocol.ts';
import type { PooledAnalysis } from '../../core/study/analysisPooling.ts';
import type { TruthAnalysis } from '../../core/study/analysisTypes.ts';
import type { StudyView } from '../../core/study/reducer.ts';
import type { RegionView } from '../../core/study/regions.ts';
import type { NamedPair, ReportOptions, StudyReport } from '../../core/study/report.ts';

interface PairsBody {
  readonly truth: TruthAnalysis;
  /** In the order of the truth's architectures. */
  readonly scores: readonly (number | null)[];
  /** How many pairs are wanted. */
  readonly most: number;
}

type Requests = {
  /** The report is told twice: figures first, then with their intervals. */
  report: Call<{ readonly view: StudyView; readonly options: ReportOptions }, null, StudyReport>;
  /** The pairs that a ranker has the wrong way round. */
  pairs: Call<PairsBody, readonly NamedPair[] | null>;
  /** Several regions side by side. */
  pool: Call<readonly RegionView[], PooledAnalysis>;
};

export interface StatisticsProtocol {
  readonly setup: null;
  readonly requests: Requests;
  readonly pushes: NoPushes;
}

export const STATISTICS_CHECKS: ResultChecks<StatisticsProtocol> = {
  report: (value): value is null => value === null,
  pairs: (value): value is readonly NamedPair[] | null => value === null || Array.isArray(value),
  pool: (value): value is PooledAnalysis => isRecord(value),
};
