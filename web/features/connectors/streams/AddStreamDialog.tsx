'use client'
/** A stream that no catalogue names: custom SQL, a path of an API, files of a pattern. */

import { useState } from 'react'
import * as common from '@/texts/common.ts'
import * as t from '@/texts/streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input } from '@/ui/Input.tsx'
import { SourceFields, sourceProblems } from './SourceFields.tsx'
import { newStream, type StreamDraft } from './stream-draft.ts'
import { isSql } from './stream-words.ts'
import type { WayToAdd } from './ways-to-add.ts'

type Props = {
  /** null: closed. */
  way: WayToAdd | null
  onClose: () => void
  /** The kind's, of a stream's source. */
  schema: unknown
  taken: (name: string) => boolean
  onAdd: (stream: StreamDraft) => void
}

export const AddStreamDialog = ({ way, onClose, ...rest }: Props) => {
  // What is asked stays in sight while the dialog goes away.
  const [last, setLast] = useState(way)
  if (way !== null && way !== last) setLast(way)
  return (
    <Dialog open={way !== null} onOpenChange={(open) => !open && onClose()} title={last?.title ?? ''} className="max-w-2xl!">
      {last && <AddStream key={last.label} way={last} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

const AddStream = ({ way, schema, taken, onAdd, onClose }: Omit<Props, 'way'> & { way: WayToAdd }) => {
  const [name, setName] = useState('')
  const [source, setSource] = useState(way.initial)
  const [key, setKey] = useState('')
  const [tried, setTried] = useState(false)
  const nameProblem = name.trim() === '' ? t.nameMissing : taken(name.trim()) ? t.nameTaken : undefined
  const problems = sourceProblems(schema, source)
  const add = () => {
    setTried(true)
    if (nameProblem || Object.keys(problems).length > 0) return
    const keyColumns = key
      .split(',')
      .map((column) => column.trim())
      .filter(Boolean)
    // A query has no key of its own.
    const keyBy = keyColumns.length > 0 ? 'COLUMNS' : isSql(source) ? 'NONE' : 'SOURCE'
    onAdd({ ...newStream(name.trim(), source), keyBy, keyColumns })
    onClose()
  }
  return (
    <div className="flex flex-col gap-4">
      <Field label={t.name} description={t.nameHint} error={tried ? nameProblem : undefined}>
        <Input value={name} onChange={(event) => setName(event.target.value)} placeholder="open_items" />
      </Field>
      <SourceFields schema={schema} source={source} onChange={setSource} errors={tried ? problems : {}} />
      <Field label={t.keyColumns} optional description={isSql(source) ? t.keyColumnsOfSqlHint : t.keyColumnsOfSourceHint}>
        <Input value={key} onChange={(event) => setKey(event.target.value)} placeholder="belnr" className="font-mono text-xs" />
      </Field>
      <div className="mt-1 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common.close}</Button>
        <Button variant="primary" onClick={add}>
          {t.add}
        </Button>
      </div>
    </div>
  )
}
