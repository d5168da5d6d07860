/** The frame of every chart: title, one-line explanation, table view, export menu, empty state. */
import './Panel.css';
import { Download, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { IconButton } from './Button.tsx';
import { Menu, type MenuItem } from './Menu.tsx';

interface PanelProps {
  readonly title: string;
  /** What one sees, in one sentence; the "?" shows it. */
  readonly help: string;
  readonly children: ReactNode;
  /** The same facts as a table; makes the table toggle appear. */
  readonly table?: (() => ReactNode) | undefined;
  readonly exports?: readonly MenuItem[] | undefined;
  readonly empty?: ReactNode;
  readonly aside?: ReactNode;
  /** Every panel as a table, until toggled here. */
  readonly startAsTable?: boolean;
  readonly className?: string | undefined;
  readonly testId?: string | undefined;
}

export function Panel(props: PanelProps) {
  const { title, help, children, table, exports, empty, aside, className = '', testId } = props;
  const { startAsTable = false } = props;
  const [helpOpen, setHelpOpen] = useState(false);
  const [asTable, setAsTable] = useState(startAsTable);
  useEffect(() => setAsTable(startAsTable), [startAsTable]);
  const id = useId();
  const filled = empty === undefined || empty === null;
  return (
    <section className={`panel ${className}`} aria-labelledby={id} data-testid={testId}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="help-dot"
          aria-label={`What is shown in ${title}?`}
          aria-expanded={helpOpen}
          title={help}
          onClick={() => setHelpOpen(!helpOpen)}
        >
          ?
        </button>
        <div className="panel-tools">
          {aside}
          {filled && table && (
            <IconButton
              label={`View ${title} as a table`}
              aria-pressed={asTable}
              onClick={() => setAsTable(!asTable)}
            >
              <Table2 size={16} aria-hidden />
            </IconButton>
          )}
          {filled && exports && exports.length > 0 && (
            <Menu
              label={`Export ${title}`}
              icon={<Download size={16} aria-hidden />}
              items={exports}
            />
          )}
        </div>
      </header>
      {helpOpen && <p className="panel-help">{help}</p>}
      {filled ? (
        <>
          {/* The chart stays mounted, so that it can be exported while the table is shown. */}
          <div className="panel-body" hidden={asTable && table !== undefined}>
            {children}
          </div>
          {asTable && table && <div className="panel-table">{table()}</div>}
        </>
      ) : (
        <div className="panel-empty">{empty}</div>
      )}
    </section>
  );
}
