/**
 * Where an arrow key leads in groups of cells that each begin a row of their own: the index of a cell, -1 above the first
 * row, or the same one where there is nothing further.
 */
export function moveInGrid(groups: readonly number[], columns: number, at: number, key: string): number {
  const count = groups.reduce((sum, length) => sum + length, 0);
  if (key === 'ArrowRight') return Math.min(at + 1, count - 1);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const rows = rowsOf(groups, columns);
  const row = rows.findIndex(({ from, to }) => at >= from && at < to);
  const column = at - (rows[row]?.from ?? 0);
  if (key === 'ArrowUp' && row === 0) return -1;
  const next = rows[key === 'ArrowDown' ? row + 1 : row - 1];
  return next ? Math.min(next.from + column, next.to - 1) : at;
}

function rowsOf(groups: readonly number[], columns: number): { from: number; to: number }[] {
  const rows: { from: number; to: number }[] = [];
  let start = 0;
  for (const length of groups) {
    for (let from = start; from < start + length; from += columns) {
      rows.push({ from, to: Math.min(from + columns, start + length) });
    }
    start += length;
  }
  return rows;
}
