/** Export menu of the list of best architectures. */
import type { RefObject } from 'react';
import { toCsv } from '../../core/csv.ts';
import type { RankedArchitecture } from '../../core/method/jobs.ts';
import type { TableData } from '../../ui/DataTable.tsx';
import type { MenuItem } from '../../ui/Menu.tsx';
import { useCommand } from '../page/lab.ts';
import { bestDrawing } from './bestDrawing.ts';

interface Source {
  readonly list: RefObject<HTMLOListElement | null>;
  readonly best: readonly RankedArchitecture[];
  readonly table: TableData;
  readonly file: string;
}

export function useBestExports({ list, best, table, file }: Source): readonly MenuItem[] {
  const command = useCommand();
  const rows = () => table.rows.map((row) => row.map((value) => value ?? ''));
  const csv = () => new TextEncoder().encode(toCsv({ columns: [...table.columns], rows: rows() }));
  const item = (
    id: string,
    label: string,
    mime: string,
    write: () => Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>,
  ): MenuItem => ({
    id,
    label,
    onSelect: () =>
      command(async ({ platform }) => platform.download(`${file}.${id}`, await write(), mime)),
  });
  return [
    item('svg', 'Drawing (SVG)', 'image/svg+xml', () => bestDrawing(list.current, best).svg()),
    item('png', 'Picture (PNG)', 'image/png', () => bestDrawing(list.current, best).png()),
    item('csv', 'Numbers (CSV)', 'text/csv', csv),
  ];
}
