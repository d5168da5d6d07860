/** A panel whose facts can be seen as a table as well, by its own button or by the one for all. */
import type { ReactNode } from 'react';
import { DataTable, type TableData } from '../ui/DataTable.tsx';
import type { MenuItem } from '../ui/Menu.tsx';
import { Panel } from '../ui/Panel.tsx';
import { useLabState } from './page/lab.ts';

interface TablePanelProps {
  readonly className?: string;
  readonly testId: string;
  readonly title: string;
  readonly help: string;
  /** Made when it is shown; null where there is nothing to list. */
  readonly table: (() => TableData) | null;
  readonly exports?: readonly MenuItem[];
  readonly empty?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function TablePanel({ table, ...panel }: TablePanelProps) {
  const tables = useLabState((state) => state.tables);
  return (
    <Panel
      {...panel}
      startAsTable={tables}
      table={table ? () => <DataTable {...table()} /> : undefined}
    />
  );
}
