/** What the page and the statistician say to each other. Requests are answered in order. */
import type { ErrorRecord } from '../../core/errors.ts';
import type { PooledAnalysis } from '../../core/study/analysisPooling.ts';
import type { TruthAnalysis } from '../../core/study/analysisTypes.ts';
import type { StudyView } from '../../core/study/reducer.ts';
import type { RegionView } from '../../core/study/regions.ts';
import type { NamedPair, ReportOptions, StudyReport } from '../../core/study/report.ts';

export type Question =
  | { readonly kind: 'report'; readonly view: StudyView; readonly options: ReportOptions }
  | {
      readonly kind: 'pairs';
      readonly truth: TruthAnalysis;
      /** In the order of the truth's architectures. */
      readonly scores: readonly (number | null)[];
      /** How many pairs are wanted. */
      readonly most: number;
    }
  | { readonly kind: 'pool'; readonly studies: readonly RegionView[] };

export type Answer =
  /** Comes twice: figures first, then with their intervals. */
  | { readonly kind: 'report'; readonly report: StudyReport }
  | { readonly kind: 'pairs'; readonly pairs: readonly NamedPair[] | null }
  | { readonly kind: 'pool'; readonly pooled: PooledAnalysis };

export interface ToAnalyst {
  readonly id: number;
  readonly question: Question;
}

export type FromAnalyst =
  | { readonly id: number; readonly kind: 'answer'; readonly answer: Answer }
  | { readonly id: number; readonly kind: 'done' }
  | { readonly id: number; readonly kind: 'failed'; readonly error: ErrorRecord };
