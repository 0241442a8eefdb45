/** How long a server asks to be left alone: the header Retry-After, in seconds or as a date. */

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** @returns null where the header is missing or says nothing that can be understood */
export const retryAfterOf = (headers: Headers, now: number = Date.now()): number | null => {
  const text = textOf(headers['retry-after'])
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000)
  const until = Date.parse(text)
  if (Number.isNaN(until)) return null
  // By the server's own clock, where it tells it: the worker's may differ.
  const since = Date.parse(textOf(headers['date']))
  return Math.max(0, until - (Number.isNaN(since) ? now : since))
}

const textOf = (header: string | string[] | undefined): string => (Array.isArray(header) ? (header[0] ?? '') : (header ?? '')).trim()
