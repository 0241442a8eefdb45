/** Datasets as the texts of a file or an answer: CSV, and JSON with numbers as they are. */

import type { Dataset, PlainType, Row } from './datasets.ts'

/** A cell without quotes and without text is NULL. */
const cellOf = (value: string | null): string => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)

const lineOf = (cells: readonly (string | null)[]): string => `${cells.map(cellOf).join(',')}\n`

export const csvHead = ({ columns }: Dataset): string => lineOf(columns.map(({ name }) => name))

export const csvBody = ({ rows }: Dataset): string => rows.map(lineOf).join('')

export const csvOf = (dataset: Dataset): string => csvHead(dataset) + csvBody(dataset)

const isNumber: Readonly<Record<PlainType, boolean>> = { integer: true, amount: true, text: false, moment: false }

/** One record a row. */
export const jsonRecordsOf = ({ columns, rows }: Dataset): string[] =>
  rows.map((row: Row) => {
    const members = columns.map(({ name, type }, index) => {
      const value = row[index] ?? null
      const printed = value === null ? 'null' : isNumber[type] ? value : JSON.stringify(value)
      return `${JSON.stringify(name)}:${printed}`
    })
    return `{${members.join(',')}}`
  })

export const jsonLinesOf = (dataset: Dataset): string =>
  jsonRecordsOf(dataset)
    .map((record) => `${record}\n`)
    .join('')
