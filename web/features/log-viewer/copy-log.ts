/** Copies a log as printed, whole or a part of it, whatever of it is in view. */

import type { LineRange } from './line-range.ts'
import type { LogFilter, LogLine, ReadLog } from './log-source.ts'

const partSize = 1000

/** Every line of the range, or of the whole log, that the filter lets through. */
const readAll = async (read: ReadLog, filter: LogFilter, range: LineRange | null): Promise<string[]> => {
  const parts: string[] = []
  let afterSeq = range === null ? 0 : range.from - 1
  const wanted = ({ seq }: LogLine) => range === null || seq <= range.to
  for (;;) {
    const page = await read({
      afterSeq,
      first: partSize,
      levels: filter.levels.length > 0 ? filter.levels : null,
      search: filter.search || null,
    })
    const lines = page.lines.filter(wanted)
    parts.push(lines.map(({ text }) => `${text}\n`).join(''))
    const last = page.lines.at(-1)
    if (!page.hasMore || last === undefined || lines.length < page.lines.length) return parts
    afterSeq = last.seq
  }
}

export const copyLog = async (read: ReadLog, filter: LogFilter, range: LineRange | null): Promise<void> => {
  const parts = await readAll(read, filter, range)
  await writeClipboard(parts.join(''))
}

/** Browsers give the clipboard's own interface to secure pages only; the old way works on a plain http host. */
const writeClipboard = async (text: string): Promise<void> => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const area = Object.assign(document.createElement('textarea'), { value: text })
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
