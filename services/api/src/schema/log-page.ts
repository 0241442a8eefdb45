/** A run's log: lines in pages, and in batches as they are written. */

import { type LogLine as Line, printLogLine } from '@aiia/core/job-run/log-line'
import { builder } from './builder.ts'
import { LogLevel } from './enums.ts'

const LogLine = builder.objectRef<Line>('LogLine').implement({
  description: 'One line of a run’s log.',
  fields: (t) => ({
    seq: t.exposeInt('seq', { description: '1, 2, 3 … within the run, without a hole.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was written.' }),
    level: t.expose('level', { type: LogLevel, description: 'Its weight.' }),
    message: t.exposeString('message', { description: 'What happened, on one line.' }),
    text: t.string({ description: 'The whole line as printed: `[2026-05-24 02:00:03] INFO: message`.', resolve: printLogLine }),
  }),
})

export type LogPageShape = { lines: Line[]; firstSeq: number | null; lastSeq: number | null; totalLines: number; hasMore: boolean }

export const LogPage = builder.objectRef<LogPageShape>('LogPage').implement({
  description: 'A page of a run’s log, in order.',
  fields: (t) => ({
    lines: t.field({ type: [LogLine], description: 'The lines, in order of `seq`.', resolve: ({ lines }) => lines }),
    firstSeq: t.exposeInt('firstSeq', { nullable: true, description: '`seq` of the first line; null on an empty page.' }),
    lastSeq: t.exposeInt('lastSeq', { nullable: true, description: '`seq` of the last line; null on an empty page.' }),
    totalLines: t.exposeInt('totalLines', { description: 'Lines of the run that the filter lets through.' }),
    hasMore: t.exposeBoolean('hasMore', { description: 'Whether the log goes on in the direction that was asked for.' }),
  }),
})

export const LogBatch = builder.objectRef<{ lines: Line[] }>('LogBatch').implement({
  description: 'Lines that are new to the subscriber.',
  fields: (t) => ({
    lines: t.field({ type: [LogLine], description: 'The lines, in order of `seq`.', resolve: ({ lines }) => lines }),
  }),
})
