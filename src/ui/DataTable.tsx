/** A plain table of facts with a caption; scrolls inside its frame, never the page. */
import './facts.css';

export type CellValue = string | number | null;

export interface TableData {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CellValue[])[];
}

const LIMIT = 500;

const show = (value: CellValue) =>
  value === null
    ? '–'
    : typeof value === 'number' && !Number.isInteger(value)
      ? String(Number(value.toPrecision(5)))
      : value;

export function DataTable({ caption, columns, rows }: TableData) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by key.
    <section className="data-table" tabIndex={0} aria-label={caption}>
      <table>
        <caption className={rows.length > LIMIT ? undefined : 'visually-hidden'}>
          {caption}
          {rows.length > LIMIT && ` (the last ${LIMIT} of ${rows.length} rows; CSV has them all)`}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(-LIMIT).map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td key={column} className={typeof value === 'number' ? 'num' : undefined}>
                  {show(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
