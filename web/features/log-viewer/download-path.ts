/** Where a log is downloaded: as the filter shows it, streamed by the platform however long it is. */

import type { LogFilter } from './log-source.ts'

export const downloadPath = (number: number, { levels, search }: LogFilter): string => {
  const asked = new URLSearchParams(levels.map((level) => ['level', level]))
  if (search !== '') asked.set('search', search)
  const query = asked.toString()
  return `/run-logs/${number}.log${query === '' ? '' : `?${query}`}`
}
