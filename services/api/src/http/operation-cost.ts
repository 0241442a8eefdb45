/** How much an operation may make the server do: objects it can return, with the page sizes that it really asks for. */

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

type Variables = Readonly<Record<string, unknown>>

/** What a list without a page size counts as. */
const unpagedSize = 50

const pageArguments = ['first', 'last']

/**
 * Page sizes in variables count too; a rule at validation would not see them.
 *
 * @param document a valid one: its fragments form no cycle
 */
export const operationCost = (document: DocumentNode, operationName: string | null | undefined, variables: Variables): number => {
  const operation = getOperationAST(document, operationName)
  if (!operation) return 0
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  // Fragments that use fragments could be walked exponentially often.
  const known = new Map<string, number>()

  const costOfFragment = (name: string): number => {
    const cost = known.get(name) ?? costOf(fragments.get(name)?.selectionSet)
    known.set(name, cost)
    return cost
  }

  const costOf = (selections: SelectionSetNode | undefined): number => {
    let cost = 0
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value)
      else if (selection.kind === Kind.INLINE_FRAGMENT) cost += costOf(selection.selectionSet)
      else if (selection.selectionSet) cost += 1 + sizeOf(selection, variables) * costOf(selection.selectionSet)
    }
    return cost
  }

  return costOf(operation.selectionSet)
}

const sizeOf = (field: FieldNode, variables: Variables): number => {
  const values = new Map(field.arguments?.map(({ name, value }) => [name.value, valueOf(value, variables)]))
  const ids = values.get('ids')
  if (Array.isArray(ids)) return ids.length
  const sizes = pageArguments.map((name) => values.get(name)).filter((value) => typeof value === 'number')
  if (sizes.length > 0) return Math.max(1, ...sizes)
  return field.selectionSet?.selections.some(isPage) ? unpagedSize : 1
}

const isPage = (selection: SelectionSetNode['selections'][number]): boolean =>
  selection.kind === Kind.FIELD && ['edges', 'nodes'].includes(selection.name.value)

const valueOf = (value: ValueNode, variables: Variables): unknown => {
  if (value.kind === Kind.VARIABLE) return variables[value.name.value]
  if (value.kind === Kind.INT) return Number(value.value)
  return value.kind === Kind.LIST ? value.values : undefined
}
