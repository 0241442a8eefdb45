/** Measures queries and mutations. */

import { getOperationAST, Kind } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Metrics } from '../metrics.ts'

export const measureOperations = ({ operationSeconds }: Metrics): Plugin => ({
  onExecute: ({ args }) => {
    const operation = getOperationAST(args.document, args.operationName)
    const first = operation?.selectionSet.selections[0]
    // The first field is one of the schema's, so there are only so many labels; names of operations are anybody's.
    const field = first?.kind === Kind.FIELD ? first.name.value : 'fragment'
    const end = operationSeconds.startTimer({ operation: operation?.operation ?? 'query', field })
    return {
      onExecuteDone: ({ result }) => {
        end({ outcome: 'errors' in result && result.errors ? 'error' : 'ok' })
      },
    }
  },
})
