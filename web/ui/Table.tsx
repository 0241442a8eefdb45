/** Dense tables: hairlines, quiet headings, figures to the right. */

import clsx from 'clsx'
import type { ComponentProps } from 'react'

/** `label` names the table for those who cannot see where it stands. */
export const Table = ({ label, className, ...rest }: ComponentProps<'table'> & { label: string }) => (
  <table {...rest} aria-label={label} className={clsx('w-full border-collapse text-left', className)} />
)

type Cell = { numeric?: boolean }

export const Th = ({ numeric, className, ...rest }: ComponentProps<'th'> & Cell) => (
  <th
    scope="col"
    {...rest}
    className={clsx(
      'h-9 border-b px-3 text-xs font-medium whitespace-nowrap text-ink-faint first:pl-4 last:pr-4',
      numeric && 'text-right',
      className,
    )}
  />
)

export const Td = ({ numeric, className, ...rest }: ComponentProps<'td'> & Cell) => (
  <td {...rest} className={clsx('px-3 first:pl-4 last:pr-4', numeric && 'text-right whitespace-nowrap tabular', className)} />
)

export const Tr = ({ className, ...rest }: ComponentProps<'tr'>) => (
  <tr
    {...rest}
    className={clsx('group/row relative h-11 border-b transition-colors last:border-b-0 focus-within:bg-hover hover:bg-hover', className)}
  />
)
