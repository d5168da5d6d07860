/** Figures of a ranker that can stand side by side; the keys of `RankerAnalysis`. */
export const FIGURES = [
  'spearman',
  'tauB',
  'sparseTau',
  'pearson',
  'partialSpearman',
  'precisionAt5',
  'regretAt1',
  'ndcg',
] as const;

export type FigureId = (typeof FIGURES)[number];
export type Figures = { readonly [id in FigureId]: number | null };
