'use client'
/** What a connector reads and what becomes of it: the list of its streams, and one of them to edit. */

import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { useMayActAs } from '@/features/session/use-role.ts'
import * as t from '@/texts/connector-streams.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { useAskedField } from '@/ui/use-asked-field.ts'
import { StreamEditor } from '../streams/StreamEditor.tsx'
import { draftOfStream, errorsOfStream, type StreamDraft, storedInput, streamInput } from '../streams/stream-draft.ts'
import type { Kind } from '../wizard/KindPicker.tsx'
import { AddStreamMenu } from './AddStreamMenu.tsx'
import type { Connector } from './ConnectorPage.tsx'
import { StreamTable } from './StreamTable.tsx'
import { useUpdateConnector } from './use-update-connector.ts'

type Props = { connector: Connector; kind: Kind | undefined }
type Stream = Connector['streams'][number]

/** In the address, so that a run's failure can lead here. */
const goTo = (stream: string | null) =>
  window.history.pushState(null, '', stream === null ? '?tab=streams' : `?tab=streams&stream=${encodeURIComponent(stream)}`)

export const StreamsTab = ({ connector, kind }: Props) => {
  const mayEdit = useMayActAs('ADMINISTRATOR') && connector.deletedAt === null
  const asked = useSearchParams().get('stream')
  const [added, setAdded] = useState<StreamDraft | null>(null)
  const stored = connector.streams.find(({ name }) => name === asked)
  if (kind && mayEdit && (added ?? stored)) {
    return (
      <EditedStream
        key={added?.name ?? stored?.id}
        connector={connector}
        kind={kind}
        stored={stored}
        added={added}
        onLeave={() => {
          setAdded(null)
          goTo(null)
        }}
      />
    )
  }
  return <StreamList connector={connector} kind={mayEdit ? kind : undefined} onEdit={({ name }) => goTo(name)} onAdd={setAdded} />
}

type EditedProps = { connector: Connector; kind: Kind; stored: Stream | undefined; added: StreamDraft | null; onLeave: () => void }

const none = {}

const EditedStream = ({ connector, kind, stored, added, onLeave }: EditedProps) => {
  useAskedField()
  const { streams } = connector
  const at = added === null ? streams.findIndex(({ name }) => name === stored?.name) : streams.length
  const [refused, setRefused] = useState<Record<string, string>>(none)
  const [stream] = useState(() => added ?? (stored && draftOfStream(stored)))
  const update = useUpdateConnector(connector.id, (fields) => setRefused(errorsOfStream(fields, `streams.${at}`)))
  if (stream === undefined) return null
  const save = (draft: StreamDraft) => update.save({ streams: streams.map(storedInput).toSpliced(at, 1, streamInput(draft)) }, onLeave)
  const elsewhere = Object.keys(refused).length === 0 ? update.refusal : null
  return (
    <StreamEditor
      kind={kind}
      stream={stream}
      known={null}
      place={() => ({ connectorId: connector.id })}
      refused={refused}
      problem={elsewhere?.message ?? null}
      busy={update.busy}
      saveLabel={added === null ? t.saveStream : t.addNewStream}
      onSave={save}
      onCancel={onLeave}
    />
  )
}

type ListProps = {
  connector: Connector
  /** undefined where nothing can be edited. */
  kind: Kind | undefined
  onEdit: (stream: Stream) => void
  onAdd: (stream: StreamDraft) => void
}

const StreamList = ({ connector, kind, onEdit, onAdd }: ListProps) => {
  const [removing, setRemoving] = useState<Stream | null>(null)
  const update = useUpdateConnector(connector.id, () => {})
  const remove = () =>
    update.save({ streams: connector.streams.filter(({ id }) => id !== removing?.id).map(storedInput) }, () => setRemoving(null))
  return (
    <Card title={t.title} aside={kind && <AddStreamMenu connector={connector} kind={kind} onAdd={onAdd} />}>
      <StreamTable streams={connector.streams} actions={kind ? { onEdit, onRemove: setRemoving } : null} />
      <Dialog
        open={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t.removeQuestion(removing?.name ?? '')}
        description={
          update.refusal?.message ??
          t.removeHint(connector.name, `${removing?.destinationSchema ?? ''}.${removing?.destinationTable ?? ''}`)
        }
        actions={
          <>
            <Button onClick={() => setRemoving(null)}>{t.keep}</Button>
            <Button variant="danger" busy={update.busy} onClick={remove}>
              {t.remove}
            </Button>
          </>
        }
      />
    </Card>
  )
}
