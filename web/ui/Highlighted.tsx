/** Text with what was searched for marked in it. */

import type { ReactNode } from 'react'

export const Highlighted = ({ text, search }: { text: string; search: string }) => {
  if (search === '') return text
  const parts: ReactNode[] = []
  const haystack = text.toLowerCase()
  const needle = search.toLowerCase()
  let from = 0
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + needle.length)}</mark>)
    from = at + needle.length
  }
  return [...parts, text.slice(from)]
}
