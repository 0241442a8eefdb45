/** The tree of a Parquet file's columns, with the levels by which absent and repeated values are told. */

import { BadFileError } from '../content/bad-file.ts'
import { pathOf, repetitions, type SchemaElement } from './metadata.ts'
import { type ValueType, valueTypeOf } from './value-types.ts'

/** One node; its levels are those of a value that is there. */
export type SchemaNode = {
  name: string
  element: SchemaElement
  definition: number
  repetition: number
  children: SchemaNode[]
  /** null: a group. */
  leaf: Leaf | null
  /** Of it and below it. */
  leafCount: number
}

/** What has values of its own. */
export type Leaf = { path: string; element: SchemaElement; definition: number; repetition: number; type: ValueType }

const deepest = 100

/**
 * @returns the columns, in their order
 * @throws BadFileError where the elements are no tree, or two columns share a name
 */
export const schemaOf = (elements: readonly SchemaElement[]): SchemaNode[] => {
  let next = 1
  const nodesOf = (count: number, parent: { names: string[]; definition: number; repetition: number }): SchemaNode[] =>
    Array.from({ length: count }, () => {
      const element = elements[next]
      if (element === undefined || parent.names.length > deepest) throw new BadFileError('is damaged: its schema does not add up')
      next += 1
      const names = [...parent.names, element.name]
      const isRepeated = element.repetition === repetitions.repeated
      const levels = {
        definition: parent.definition + (element.repetition === repetitions.required ? 0 : 1),
        repetition: parent.repetition + (isRepeated ? 1 : 0),
      }
      const leaf = element.type === null ? null : { path: pathOf(names), element, ...levels, type: valueTypeOf(element) }
      const children = leaf === null ? nodesOf(Math.min(element.children, elements.length), { names, ...levels }) : []
      const leafCount = leaf === null ? children.reduce((sum, child) => sum + child.leafCount, 0) : 1
      return { name: element.name, element, ...levels, children, leaf, leafCount }
    })
  const root = elements[0]
  if (root === undefined) throw new BadFileError('is damaged: it has no schema')
  const columns = nodesOf(Math.min(root.children, elements.length), { names: [], definition: 0, repetition: 0 })
  const names = columns.map(({ name }) => name)
  const repeated = names.find((name, at) => names.indexOf(name) < at)
  if (repeated !== undefined) throw new BadFileError(`has the column "${repeated}" twice`)
  return columns
}

/** A column of values of its own, at most one a row. */
export const isFlat = ({ leaf }: SchemaNode): boolean => leaf !== null && leaf.repetition === 0

export const leavesOf = (node: SchemaNode): Leaf[] => (node.leaf === null ? node.children.flatMap(leavesOf) : [node.leaf])
