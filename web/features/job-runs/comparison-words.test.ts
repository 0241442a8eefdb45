import { expect, test } from 'vitest'
import { inShort } from '@/texts/comparison.tsx'
import { type Comparison, configurationLines, figureLines, schemaLines } from './comparison-words.ts'

const comparison: Comparison = {
  lastGood: { id: 'r1', number: 7, finishedAt: '2026-05-24T02:00:00.000Z' },
  configuration: [
    { stream: null, part: 'settings.host', before: 'db1', now: 'db2' },
    { stream: null, part: 'settings.ca', before: null, now: null },
    { stream: 'bseg', part: 'mode', before: 'FULL_REFRESH', now: 'INCREMENTAL' },
    { stream: 'bkpf', part: 'stream', before: 'not read', now: 'read' },
    { stream: 'bseg', part: 'cursorField', before: null, now: 'changed_at' },
  ],
  schema: [
    {
      stream: 'bseg',
      changes: [
        { kind: 'RENAMED', column: 'mood', to: 'moods', before: 'text', now: 'text' },
        { kind: 'REMOVED', column: 'wrbtr', to: null, before: 'numeric', now: null },
      ],
    },
  ],
  figures: [
    { figure: 'READ', before: 400_000, now: 12 },
    { figure: 'DURATION', before: 4_000, now: 123_000 },
  ],
}

const printed = (lines: { what: string; from: string | null; to: string | null }[]) =>
  lines.map(({ what, from, to }) => (from === null ? `${what} changed` : `${what}: ${from} → ${to}`))

test('what was changed here, at the source, and in the numbers, in words', () => {
  expect(printed(configurationLines(comparison))).toEqual([
    'settings.host: db1 → db2',
    'settings.ca changed',
    'stream bseg: mode: FULL_REFRESH → INCREMENTAL',
    'stream bkpf: not read → read',
    'stream bseg: cursorField: not set → changed_at',
  ])
  expect(printed(schemaLines(comparison))).toEqual([
    'stream bseg: column renamed mood: mood → moods',
    'stream bseg: column gone wrbtr: numeric → not there',
  ])
  expect(printed(figureLines(comparison))).toEqual(['records read: 400,000 → 12', 'duration: 4.0s → 2m 03s'])
})

test('in short', () => {
  expect([0, 1, 2].map(inShort)).toEqual(['nothing was changed here', '1 change', '2 changes'])
})
