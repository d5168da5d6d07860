/** Tables as plain text. */

/** Lines with columns as wide as their widest cell, two spaces apart. `right`: set at the right. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  right: (column: number) => boolean,
): string[] {
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, c) => (right(c) ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
