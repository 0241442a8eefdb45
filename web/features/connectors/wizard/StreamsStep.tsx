'use client'
/** Second step: what to read, and what becomes of it. */

import { useState } from 'react'
import type { ConnectionInput } from '@/graphql/generated/graphql.ts'
import * as common from '@/texts/common.ts'
import { useFocusIn } from '@/ui/use-focus-in.ts'
import { StreamEditor } from '../streams/StreamEditor.tsx'
import { knownOf } from '../streams/use-discovery.ts'
import { StreamChoice, type StreamChoiceProps } from './StreamChoice.tsx'

type Props = Omit<StreamChoiceProps, 'onEdit'> & { connection: () => ConnectionInput }

const none = {}

export const StreamsStep = (props: Props) => {
  const { kind, connection, discovery, chosen, onChosen, errors } = props
  const [editing, setEditing] = useState<string | null>(null)
  const stream = chosen.find(({ name }) => name === editing)
  const place = useFocusIn(stream?.name ?? '')
  return (
    <div ref={place}>
      {stream === undefined ? (
        <StreamChoice {...props} onEdit={setEditing} />
      ) : (
        <StreamEditor
          kind={kind}
          stream={stream}
          known={knownOf(discovery.streams, stream.source)}
          place={() => ({ input: connection() })}
          refused={errors[stream.name] ?? none}
          problem={null}
          busy={false}
          saveLabel={common.done}
          onSave={(next) => {
            onChosen(chosen.map((other) => (other.name === next.name ? next : other)))
            setEditing(null)
          }}
          onCancel={() => setEditing(null)}
        />
      )}
    </div>
  )
}
