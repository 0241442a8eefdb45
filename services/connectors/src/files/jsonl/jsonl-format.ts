/** Streams of files with one JSON object a line. */

import type { CopyChunk, RowWriter, SourceColumn } from '@aiia/core/sync/source'
import { TypeGuess, typeOfText } from '../column-type.ts'
import { BadFileError, toFileError } from '../content/bad-file.ts'
import { type Sample, sampleOf, textOf } from '../content/file-content.ts'
import type { StoredFile } from '../file-store.ts'
import { type FormatReader, type StreamFiles, withSetTypes } from '../format-reader.ts'
import { JsonlScanner, jsonKinds, unknownKey, unwantedKey } from './scanner.ts'

/** Lines that are looked at for the columns and their types, and files for the lines. */
const linesToSniff = 1_000
const filesToSniff = 10

export const openJsonl = async (stream: StreamFiles): Promise<FormatReader> => {
  const { access, store, source, files, name } = stream
  const content = (file: StoredFile) => textOf({ store, signal: access.signal }, file, source, null)
  const guesses = new Map<string, TypeGuess>(source.columns?.map((column) => [column.name, new TypeGuess()]))
  let sniffed = 0
  for (const file of files.slice(0, filesToSniff)) {
    try {
      sniffed += sniffLines(await sampleOf(content(file)), guesses, linesToSniff - sniffed)
    } catch (error) {
      throw toFileError(error, file.path)
    }
    if (sniffed >= linesToSniff) break
  }
  if (guesses.size === 0)
    throw toFileError(new BadFileError('has no JSON object on its first lines, so that its columns are not known'), files[0]?.path ?? '')
  const columns = [...guesses].map(([column, { type }]): SourceColumn => ({ name: column, sourceType: 'json', type, nullable: true }))
  let unknownValues = 0
  return {
    columns: withSetTypes(columns, stream),
    expectedRows: null,
    read: async function* (file, { columns: wanted, rows }) {
      const places = new Map([...guesses.keys()].map((column) => [column, unwantedKey]))
      for (const [place, column] of wanted.entries()) places.set(column.name, place)
      const scanner = new JsonlScanner({
        columnOf: (key) => places.get(key) ?? unknownKey,
        asJson: new Set(wanted.flatMap(({ type }, place) => (isJson(type) ? [place] : []))),
      })
      rows.placeOf = () => `${file.path}, line ${scanner.line}`
      yield* readJsonl(content(file), scanner, { rows, width: wanted.length })
      unknownValues += scanner.unknownValues
    },
    finish: () => {
      if (unknownValues > 0)
        access.log(
          'WARN',
          `Stream "${name}": ${unknownValues.toLocaleString('en')} values have keys that the first lines do not have, and are left out. Name them in the stream's columns to read them.`,
        )
    },
  }
}

const isJson = (type: string): boolean => type === 'json' || type === 'jsonb'

/** One file. */
export async function* readJsonl(
  text: AsyncIterable<Buffer>,
  scanner: JsonlScanner,
  { rows, width }: { rows: RowWriter; width: number },
): AsyncGenerator<CopyChunk, void, void> {
  /** @returns whether the rows are to be handed on before the next ones are read */
  const take = (): boolean => {
    while (scanner.next()) {
      if (scanner.fault !== null) rows.reject(scanner.raw, scanner.fault)
      else {
        for (let column = 0; column < width; column += 1) scanner.set(rows, column)
        rows.push()
      }
      if (rows.isFull) return true
    }
    return false
  }
  for await (const chunk of text) {
    scanner.feed(chunk)
    while (take()) yield rows.take()
  }
  scanner.finish()
  while (take()) yield rows.take()
}

/**
 * Adds what the first lines say of the columns.
 *
 * @returns how many lines were looked at
 */
export const sniffLines = ({ bytes, isWhole }: Sample, guesses: Map<string, TypeGuess>, most: number): number => {
  const keys: string[] = []
  const scanner = new JsonlScanner({ columnOf: (key) => keys.push(key) - 1, asJson: new Set() })
  scanner.feed(bytes)
  if (isWhole) scanner.finish()
  let lines = 0
  while (lines < most && scanner.next()) {
    lines += 1
    if (scanner.fault !== null) continue
    for (const [column, key] of keys.entries()) {
      const guess = guesses.get(key) ?? new TypeGuess()
      guesses.set(key, guess)
      const type = typeOfValue(scanner, column)
      if (type !== null) guess.see(type)
    }
  }
  return lines
}

/** A string that looks like a number was made a string by whoever wrote it. */
const typeOfValue = (scanner: JsonlScanner, column: number): string | null => {
  const kind = scanner.kindOf(column)
  if (kind === jsonKinds.absent) return null
  if (kind === jsonKinds.nested) return 'jsonb'
  let text = ''
  scanner.set({ set: (_column, source, from, to) => (text = source.toString('utf8', from, to)) }, column)
  const type = typeOfText(text)
  if (kind === jsonKinds.scalar) return type === 'text' ? 'numeric' : type
  return type === 'bigint' || type === 'numeric' || type === 'boolean' ? 'text' : type
}
