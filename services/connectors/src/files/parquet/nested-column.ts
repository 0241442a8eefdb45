/**
 * Puts the leaves of a nested column together again, as the JSON of each row. After S. Melnik et al., "Dremel": a repetition
 * level tells at which list an entry goes on, a definition level how much of the way down to the leaf is there.
 */

import { BadFileError } from '../content/bad-file.ts'
import type { ParquetColumn } from './column.ts'
import { LeafEntries } from './leaf-entries.ts'
import { repetitions } from './metadata.ts'
import type { PageSource } from './page-reader.ts'
import { leavesOf, type SchemaNode } from './schema.ts'
import { TextBuffer } from './text-buffer.ts'
import { textsFor } from './values.ts'

const mostRows = 1_024
const mostText = 1_048_576
const [quote, colon, comma, openBrace, closeBrace, openBracket, closeBracket] = [0x22, 0x3a, 0x2c, 0x7b, 0x7d, 0x5b, 0x5d]

export class NestedColumn implements ParquetColumn {
  readonly texts = textsFor(mostRows)
  at = 0
  count = 0
  readonly #node: SchemaNode
  readonly #leaves: readonly LeafEntries[]
  readonly #text = new TextBuffer()

  /** @param sourceOf gives the place of a leaf's values */
  constructor(node: SchemaNode, sourceOf: (leaf: NonNullable<SchemaNode['leaf']>) => PageSource) {
    this.#node = node
    this.#leaves = leavesOf(node).map((leaf) => new LeafEntries(sourceOf(leaf)))
  }

  async fill(): Promise<void> {
    const whole = Math.min(mostRows, ...(await Promise.all(this.#leaves.map((leaf) => leaf.fill()))))
    if (whole === 0) throw new BadFileError('is damaged: a column ends before the others')
    const [text, { from, to }] = [this.#text, this.texts]
    text.at = 0
    let row = 0
    for (; row < whole && text.at < mostText; row += 1) {
      from[row] = text.at
      const isThere = this.#print(this.#node, this.#leaves)
      to[row] = isThere ? text.at : -1
      if (!isThere) text.at = from[row] as number
      if (this.#leaves.some((leaf) => leaf.goesOn)) throw damaged()
    }
    for (const leaf of this.#leaves) leaf.took(row)
    this.texts.source = text.bytes
    this.at = 0
    this.count = row
  }

  /** @returns whether there is more than null */
  #print(node: SchemaNode, leaves: readonly LeafEntries[]): boolean {
    if (node.element.repetition === repetitions.repeated) {
      this.#printList(node, leaves)
      return true
    }
    return this.#printOne(node, leaves)
  }

  #printList(node: SchemaNode, leaves: readonly LeafEntries[]): void {
    const text = this.#text
    text.byte(openBracket)
    if (isAbsent(node, leaves)) skip(leaves)
    else
      for (let index = 0; index === 0 || goesOnAt(node, leaves); index += 1) {
        if (index > 0) text.byte(comma)
        this.#printContent(node, leaves)
      }
    text.byte(closeBracket)
  }

  #printOne(node: SchemaNode, leaves: readonly LeafEntries[]): boolean {
    if (isAbsent(node, leaves)) {
      skip(leaves)
      this.#text.ascii('null')
      return false
    }
    this.#printContent(node, leaves)
    return true
  }

  #printContent(node: SchemaNode, leaves: readonly LeafEntries[]): void {
    if (node.leaf !== null) printLeaf(leaves[0] as LeafEntries, this.#text)
    else if (isMap(node)) this.#printMap(node.children[0] as SchemaNode, leaves)
    else if (isList(node)) this.#printWrapped(node.children[0] as SchemaNode, leaves)
    else this.#printGroup(node, leaves)
  }

  #printGroup(node: SchemaNode, leaves: readonly LeafEntries[]): void {
    const text = this.#text
    text.byte(openBrace)
    let from = 0
    for (const [index, child] of node.children.entries()) {
      const to = from + child.leafCount
      if (index > 0) text.byte(comma)
      printString(Buffer.from(child.name), text)
      text.byte(colon)
      this.#print(child, leaves.slice(from, to))
      from = to
    }
    text.byte(closeBrace)
  }

  /** The list's one child is repeated, and most often wraps the element: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md#lists */
  #printWrapped(repeated: SchemaNode, leaves: readonly LeafEntries[]): void {
    const isWrapper = repeated.children.length === 1 && !/^array$|_tuple$/.test(repeated.name)
    const element = repeated.children[0]
    if (!isWrapper || element === undefined) this.#printList(repeated, leaves)
    else {
      const text = this.#text
      text.byte(openBracket)
      if (isAbsent(repeated, leaves)) skip(leaves)
      else
        for (let index = 0; index === 0 || goesOnAt(repeated, leaves); index += 1) {
          if (index > 0) text.byte(comma)
          this.#print(element, leaves)
        }
      text.byte(closeBracket)
    }
  }

  #printMap(entry: SchemaNode, leaves: readonly LeafEntries[]): void {
    const [text, [, value]] = [this.#text, entry.children]
    const [keys, values] = [leaves.slice(0, 1), leaves.slice(1)]
    text.byte(openBrace)
    if (isAbsent(entry, leaves)) skip(leaves)
    else
      for (let index = 0; index === 0 || goesOnAt(entry, leaves); index += 1) {
        if (index > 0) text.byte(comma)
        const { text: source, from, to, at } = keys[0] as LeafEntries
        printString(source.bytes.subarray(from[at], to[at]), text)
        skip(keys)
        text.byte(colon)
        if (value === undefined) text.ascii('null')
        else this.#print(value, values)
      }
    text.byte(closeBrace)
  }
}

const damaged = (): BadFileError => new BadFileError('is damaged: the levels of a nested column do not add up')

const isList = ({ element, children }: SchemaNode): boolean =>
  (element.logical?.has(3) === true || element.converted === 3) &&
  children.length === 1 &&
  children[0]?.element.repetition === repetitions.repeated

/** Of keys that have values of their own. */
const isMap = ({ element, children: [entry, ...others] }: SchemaNode): boolean =>
  (element.logical?.has(2) === true || element.converted === 1 || element.converted === 2) &&
  others.length === 0 &&
  entry?.element.repetition === repetitions.repeated &&
  (entry.children.length === 1 || entry.children.length === 2) &&
  entry.children[0]?.leaf !== null

/** The first leaf stands for all: they agree on what is above them. */
const isAbsent = ({ definition }: SchemaNode, [first]: readonly LeafEntries[]): boolean => {
  if (first === undefined || first.isEmpty) throw damaged()
  return (first.definitions[first.at] as number) < definition
}

const goesOnAt = ({ repetition }: SchemaNode, [first]: readonly LeafEntries[]): boolean =>
  first?.goesOn === true && first.repetitions[first.at] === repetition

const skip = (leaves: readonly LeafEntries[]): void => {
  for (const leaf of leaves) {
    if (leaf.isEmpty) throw damaged()
    leaf.at += 1
  }
}

const printLeaf = (entries: LeafEntries, text: TextBuffer): void => {
  const { at, leaf } = entries
  if (entries.isEmpty || entries.definitions[at] !== leaf.definition) throw damaged()
  const [from, to] = [entries.from[at] as number, entries.to[at] as number]
  const source = entries.text.bytes
  entries.at += 1
  const value = source.subarray(from, to)
  switch (leaf.type.json) {
    case 'string':
      return printString(value, text)
    case 'hex':
      return text.ascii(`"\\\\x${value.toString('hex')}"`)
    case 'json':
      return isJson(value) ? text.copy(source, from, to) : printString(value, text)
    case 'literal':
      // Numbers that JSON has no words for.
      return /^-?(Infinity|NaN)$/.test(value.toString('latin1')) ? printString(value, text) : text.copy(source, from, to)
  }
}

const isJson = (value: Buffer): boolean => {
  try {
    JSON.parse(value.toString())
    return true
  } catch {
    return false
  }
}

const printString = (value: Buffer, text: TextBuffer): void => {
  const needsEscapes = value.some((byte) => byte < 0x20 || byte === quote || byte === 0x5c)
  const printed = needsEscapes ? Buffer.from(JSON.stringify(value.toString())).subarray(1, -1) : value
  text.byte(quote)
  text.copy(printed, 0, printed.length)
  text.byte(quote)
}
