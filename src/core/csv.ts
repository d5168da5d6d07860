/** Tables as CSV, for spreadsheets. */

export interface Table {
  readonly columns: readonly string[];
  /** Null is an empty cell. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // A leading sign of a formula would be run by spreadsheets: quote it away.
  const safe = /^[=+@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** CSV with a header row and CRLF line ends (RFC 4180). */
export function toCsv(table: Table): string {
  const lines = [table.columns, ...table.rows].map((row) => row.map(field).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
