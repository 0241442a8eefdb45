'use client'
/** A stream made of a query of one's own. */

import { useState } from 'react'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Field } from '@/ui/Field.tsx'
import { Input, TextArea } from '@/ui/Input.tsx'
import { type ChosenStream, fromSql } from './chosen-streams.ts'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  taken: (name: string) => boolean
  onAdd: (stream: ChosenStream) => void
}

export const SqlStreamDialog = ({ open, onOpenChange, taken, onAdd }: Props) => {
  const [name, setName] = useState('')
  const [sql, setSql] = useState('')
  const [key, setKey] = useState('')
  const [tried, setTried] = useState(false)
  const nameProblem = name.trim() === '' ? 'Name the stream.' : taken(name.trim()) ? 'There is a stream of this name already.' : undefined
  const sqlProblem = sql.trim() === '' ? 'Enter one SELECT statement.' : undefined
  const add = () => {
    setTried(true)
    if (nameProblem || sqlProblem) return
    onAdd(fromSql(name.trim(), sql.trim(), key))
    for (const reset of [setName, setSql, setKey]) reset('')
    setTried(false)
    onOpenChange(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a custom SQL stream"
      className="max-w-2xl"
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Close</Button>
          <Button variant="primary" onClick={add}>
            Add the stream
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Stream name" description="Also the name of the destination table." error={tried ? nameProblem : undefined}>
          <Input value={name} onChange={(event) => setName(event.target.value)} placeholder="open_items" />
        </Field>
        <Field
          label="SQL"
          description="One read-only statement, run under the connector’s own login."
          error={tried ? sqlProblem : undefined}
        >
          <TextArea
            mono
            rows={8}
            value={sql}
            onChange={(event) => setSql(event.target.value)}
            placeholder="select belnr, budat, wrbtr from public.bseg where augdt is null"
          />
        </Field>
        <Field label="Key columns" optional description="Separated by commas. Without a key each run replaces the whole table.">
          <Input value={key} onChange={(event) => setKey(event.target.value)} placeholder="belnr" className="font-mono text-xs" />
        </Field>
      </div>
    </Dialog>
  )
}
