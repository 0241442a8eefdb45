/** The picture of a connector kind: drawings of our own, which say what sort of source it is. */

import clsx from 'clsx'
import type { ReactNode } from 'react'

/** The body of a database: a drum, whose marks tell one from another. */
const drum = (
  <>
    <ellipse cx="12" cy="5.5" rx="7.5" ry="2.75" />
    <path d="M4.5 5.5v13c0 1.5 3.4 2.75 7.5 2.75s7.5-1.25 7.5-2.75v-13" />
  </>
)

/** On a square of 24, in strokes. */
const drawings: Record<string, ReactNode> = {
  postgres: (
    <>
      {drum}
      <path d="M4.5 9.9c0 1.5 3.4 2.7 7.5 2.7s7.5-1.2 7.5-2.7M4.5 14.2c0 1.5 3.4 2.7 7.5 2.7s7.5-1.2 7.5-2.7" />
    </>
  ),
  mysql: (
    <>
      {drum}
      <path d="M4.5 13.5c1.25-1.6 2.5-1.6 3.75 0s2.5 1.6 3.75 0 2.5-1.6 3.75 0 2.5 1.6 3.75 0" />
    </>
  ),
  mssql: (
    <>
      {drum}
      <path d="M9 17.25v-2.75M12 17.25v-5.5M15 17.25V13" />
    </>
  ),
  oracle: (
    <>
      {drum}
      <path d="m12 11 3 3.25-3 3.25-3-3.25z" />
    </>
  ),
  hana: (
    <>
      {drum}
      <path d="m12.75 10.5-3 4h4.5l-3 4" />
    </>
  ),
  odata: (
    <>
      <rect x="3" y="9" width="6" height="6" rx="1.5" />
      <rect x="15" y="3" width="6" height="6" rx="1.5" />
      <rect x="15" y="15" width="6" height="6" rx="1.5" />
      <path d="M9 12h3M15 6h-1.5A1.5 1.5 0 0 0 12 7.5v9a1.5 1.5 0 0 0 1.5 1.5H15" />
    </>
  ),
  s3: (
    <>
      <ellipse cx="12" cy="6" rx="8.5" ry="2.75" />
      <path d="m3.5 6 2.3 12.5c.3 1.5 3 2.5 6.2 2.5s5.9-1 6.2-2.5L20.5 6" />
      <path d="M4.7 12.2c1.3 1.2 4 2 7.3 2s6-.8 7.3-2" />
    </>
  ),
  sftp: (
    <>
      <path d="M20.5 9.5V8A1.5 1.5 0 0 0 19 6.5h-7L9.9 4.2a1.5 1.5 0 0 0-1.1-.5H4.5A1.5 1.5 0 0 0 3 5.2v12.3A1.5 1.5 0 0 0 4.5 19H10" />
      <rect x="13.5" y="15" width="7.5" height="5.5" rx="1.25" />
      <path d="M15.25 15v-1.4a2 2 0 0 1 4 0V15" />
    </>
  ),
  http: (
    <>
      <path d="M8.5 4H7.8A2.3 2.3 0 0 0 5.5 6.3v3.2A2.5 2.5 0 0 1 3 12a2.5 2.5 0 0 1 2.5 2.5v3.2A2.3 2.3 0 0 0 7.8 20h.7M15.5 4h.7a2.3 2.3 0 0 1 2.3 2.3v3.2A2.5 2.5 0 0 0 21 12a2.5 2.5 0 0 0-2.5 2.5v3.2a2.3 2.3 0 0 1-2.3 2.3h-.7" />
      <path d="M9 12h.01M12 12h.01M15 12h.01" />
    </>
  ),
  file: (
    <>
      <path d="M13.5 3H7a1.75 1.75 0 0 0-1.75 1.75v14.5C5.25 20.2 6.05 21 7 21h10a1.75 1.75 0 0 0 1.75-1.75v-11z" />
      <path d="M13.5 3v3.5a1.75 1.75 0 0 0 1.75 1.75h3.5M8.5 11.75h7M8.5 14.5h7M8.5 17.25h4" />
    </>
  ),
}

/** A plug, for a kind that this release of the console does not know yet. */
const unknown = <path d="M8 3v5M16 3v5M6 8h12v3.5a6 6 0 0 1-12 0zM12 17.5V21" />

export const KindIcon = ({ kind, className }: { kind: string; className?: string }) => (
  <svg
    viewBox="0 0 24 24"
    aria-hidden
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    className={className}
  >
    {drawings[kind] ?? unknown}
  </svg>
)

/** Framed, for rows and headings. */
export const KindTile = ({ kind, className }: { kind: string; className?: string }) => (
  <span className={clsx('flex size-8 shrink-0 items-center justify-center rounded-md border bg-sunken', className)}>
    <KindIcon kind={kind} className="size-4.5 text-ink-soft" />
  </span>
)
