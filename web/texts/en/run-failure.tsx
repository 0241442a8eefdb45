/** The page of a run that did not complete: why, what to do, and the mapping that is proposed. */

import type { ReactNode } from 'react'
import type { SchemaChangeKind } from '@/graphql/generated/graphql.ts'
import { formatCount } from '@/ui/format.ts'

/** Of the link on a failure's code. */
export const meaningHint = 'What this failure means'
/** Behind the failure's code: "in stream bseg, step EXTRACT"; null where neither is known. */
export const place = (stream: string | null, step: string | null) => {
  if (stream && step) return `in stream ${stream}, step ${step}`
  if (stream) return `in stream ${stream}`
  return step ? `in step ${step}` : null
}
export const rootCause = 'Root cause'
export const resolution = 'Resolution'
/** A program's stack trace. */
export const trace = 'Trace'

export const applyProposal = 'Apply and run again'
export const proposalNotApplied = 'The mapping was not applied'
export const testConnection = 'Test the connection'
export const connectionNotTested = 'The connection was not tested'
export const raiseConnectTimeout = 'Raise the connect timeout'
export const raiseDuration = 'Raise the longest duration'
export const raiseMemory = 'Raise the memory limit'
export const raiseRejectLimit = 'Raise the reject limit'
export const editConnection = 'Edit the connection'
export const editStream = 'Edit the stream'
export const lookAtPlatform = 'Look at the platform'
export const jumpToLog = 'Jump to the log line'

export const proposedMappingOf = (stream: ReactNode) => <>Proposed mapping of {stream}</>
export const changesAtSource = (count: number) => `${formatCount(count)} ${count === 1 ? 'change' : 'changes'} at the source`
export const whatChanged = 'What has changed'
export const change = 'Change'
export const expected = 'Expected'
export const found = 'Found'
export const withMapping = 'With this mapping'
/** Of a column. */
export const changeNames: Record<SchemaChangeKind, string> = {
  ADDED: 'new',
  REMOVED: 'gone',
  RENAMED: 'renamed',
  RETYPED: 'another type',
  NULLABILITY: 'other emptiness',
}
export const noSuchColumn = 'no such column'
/** The name of an arrow, between the column as it was expected and as it was found. */
export const isNow = 'is now'
/** What becomes of a column under the proposed mapping; `field`: the name of the destination's column that it fills. */
export const fieldGoes = 'its field goes'
export const columnLeftOut = 'it is left out'
export const fillsNewField = (field: ReactNode) => <>it fills {field}, which is new</>
export const goesOnFilling = (field: ReactNode) => <>it goes on filling {field}</>
export const fieldBecomes = (field: ReactNode, type: ReactNode) => (
  <>
    {field} becomes {type}
  </>
)
export const fieldStays = (field: ReactNode) => <>{field} stays</>
export const wholeMapping = (fields: number) => `The whole mapping: ${formatCount(fields)} ${fields === 1 ? 'field' : 'fields'}`
export const proposedMapping = 'The proposed mapping'
/** In place of a source's column: the field has the same value in every row. */
export const constant = 'constant'
export const editMapping = 'Edit the mapping instead'
export const administratorCanApply = 'An administrator can apply this mapping and run the connector again.'
