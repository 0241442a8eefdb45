/** How things look in a terminal. */

/** 1234567 → `1,234,567`. */
export const number = (value: number): string => value.toLocaleString('en-US')

/** 83000 → `1m 23s`; below ten seconds with a decimal. */
export const duration = (ms: number): string => {
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)}s`
  const seconds = Math.round(ms / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  return [hours && `${hours}h`, (hours || minutes) && `${minutes}m`, `${seconds % 60}s`].filter(Boolean).join(' ')
}

/** `2026-05-24 02:00:03`, UTC, as in the log. */
export const time = (iso: string | null): string => (iso === null ? '' : iso.slice(0, 19).replace('T', ' '))

/** Columns as wide as their widest cell; the columns named in `right` are aligned to the right. */
export const table = (head: string[], rows: string[][], right: readonly string[] = []): string => {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (right.includes(head[column] ?? '') ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  return [head, ...rows].map(line).join('\n')
}
