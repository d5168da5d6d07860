/** What a search may spend, and what is left of it. */
import type { Cost } from '../method/jobs.ts';
import type { SearchConfig } from './config.ts';

/** One limit of a search: what it counts, how much there is, and how much is gone. */
export interface BudgetView {
  readonly unit: 'macs' | 'evaluations' | 'rounds';
  readonly limit: number;
  readonly spent: number;
}

/** The limits that hold, in a fixed order. `rounds` are those the method was told of. */
export function budgetOf(search: SearchConfig, spent: Cost, rounds: number): readonly BudgetView[] {
  const all: readonly BudgetView[] = [
    { unit: 'rounds', limit: search.generations, spent: rounds },
    { unit: 'macs', limit: search.macs, spent: spent.macs },
    { unit: 'evaluations', limit: search.evaluations, spent: spent.evaluations },
  ];
  return all.filter(({ limit }) => limit > 0);
}

/** Whether no further job may begin. Rounds are no reason: they end between two of them. */
export function isSpent(search: SearchConfig, spent: Cost): boolean {
  return budgetOf(search, spent, 0).some(({ limit, spent: gone }) => gone >= limit);
}
