/** @file Rows of text in columns. */

/** Lines of `rows` with their cells under one another, two spaces between; cells in the `right` columns end at the same place. */
export function textTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, [...cell].length);
    });
  }
  return rows.map((row) => {
    const cells = row.map((cell, column) => {
      const padding = ' '.repeat(widths[column] - [...cell].length);
      return right.includes(column) ? padding + cell : cell + padding;
    });
    return cells.join('  ').trimEnd();
  });
}
