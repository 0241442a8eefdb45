/** The picture of a connector kind. */

import clsx from 'clsx'
import { Cloud, Database, FileSpreadsheet, type LucideIcon, Plug, Server } from 'lucide-react'

const icons: Record<string, LucideIcon> = { postgres: Database, mysql: Database, sftp: Server, s3: Cloud, csv: FileSpreadsheet }

export const KindIcon = ({ kind, className }: { kind: string; className?: string }) => {
  const Icon = icons[kind] ?? Plug
  return <Icon aria-hidden className={className} />
}

/** Framed, for rows and headings. */
export const KindTile = ({ kind, className }: { kind: string; className?: string }) => (
  <span className={clsx('flex size-8 shrink-0 items-center justify-center rounded-md border bg-sunken', className)}>
    <KindIcon kind={kind} className="size-4 text-ink-soft" />
  </span>
)
