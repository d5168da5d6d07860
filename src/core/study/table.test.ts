import { describe, expect, it } from 'vitest';
import { toCsv } from '../csv.ts';
import { rankerTable } from './rankerTable.ts';
import { EMPTY_STUDY, reduceStudy } from './reducer.ts';
import { studyTable } from './table.ts';
import { syntheticStudyConfig, syntheticStudyEvents } from './testing.ts';

const config = syntheticStudyConfig();
const amount = { architectures: 8, seeds: 2, supernets: 2 };
const bad = reduceStudy(syntheticStudyEvents({ config, amount })).architectures[3]?.architecture;
const view = reduceStudy(
  syntheticStudyEvents({ config, amount, diverged: (architecture) => architecture === bad }),
);
const table = studyTable(view);
const cell = (row: number, column: string) => table.rows[row]?.[table.columns.indexOf(column)];

describe('studyTable', () => {
  it('has a row for each architecture and a column for each figure', () => {
    expect(table.rows).toHaveLength(8);
    expect(new Set(table.columns).size).toBe(table.columns.length);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    const first = view.architectures[0];
    expect(cell(0, 'architecture')).toBe(first?.architecture);
    expect(cell(0, 'cell 2')).toBe(first?.cells[1]);
    const [a = 0, b = 0] = first?.evaluations.map(({ accuracy }) => accuracy ?? 0) ?? [];
    expect(cell(0, 'accuracy 2')).toBe(b);
    expect(cell(0, 'mean accuracy')).toBeCloseTo((a + b) / 2, 12);
    expect(cell(0, 'std accuracy')).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);
  });

  it('has every ranker’s scores', () => {
    for (const { id, supernets, scores } of rankerTable(view)) {
      const column = supernets > 0 ? `score ${id} (${supernets})` : `score ${id}`;
      expect(cell(5, column)).toBe(scores[5]);
    }
  });

  it('leaves what diverged empty', () => {
    expect([cell(3, 'trainings'), cell(3, 'mean accuracy'), cell(3, 'accuracy 1')]).toEqual([
      2,
      null,
      null,
    ]);
    const line = toCsv(table).split('\r\n')[4] ?? '';
    expect(line.split(',')).toHaveLength(table.columns.length);
    expect(line).toContain(',2,,,,,,');
  });

  it('of nothing is empty', () => {
    expect(studyTable(EMPTY_STUDY)).toEqual({ columns: [], rows: [] });
  });
});
