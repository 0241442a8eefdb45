/** Limits on what one operation may ask for. They hang on the engine itself, so they hold over HTTP, SSE and WebSocket alike. */

import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor'
import { type DocumentNode, type GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { badInput, unauthenticated } from '../errors.ts'
import { hasNul, nulProblems } from '../input/nul.ts'
import { operationCost } from './operation-cost.ts'

export const operationLimits = { tokens: 3_000, depth: 15, aliases: 30, directives: 30, cost: 25_000 } as const

/** Tokens are counted while parsing, before anything else is computed. */
export const limitDocument = (): Plugin =>
  EnvelopArmorPlugin({
    maxTokens: { n: operationLimits.tokens },
    maxDepth: { n: operationLimits.depth, flattenFragments: true },
    maxAliases: { n: operationLimits.aliases },
    maxDirectives: { n: operationLimits.directives },
    // Ours reads page sizes from variables as well.
    costLimit: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  })

type Operation = { document: DocumentNode; operationName?: string | null; variableValues?: unknown }

/** What cannot be seen before the variables are there. */
const operationProblem = ({ document, operationName, variableValues }: Operation): GraphQLError | null => {
  const variables = (variableValues ?? {}) as Record<string, unknown>
  const cost = operationCost(document, operationName, variables)
  if (cost > operationLimits.cost) {
    const limit = `It can return ${cost} objects; ${operationLimits.cost} is the limit. Ask for smaller pages or fewer lists within lists.`
    return badInput({ query: limit })
  }
  const problems = { ...nulProblems(variables), ...(hasNul(document) && { query: 'Text cannot hold a NUL character.' }) }
  return Object.keys(problems).length > 0 ? badInput(problems) : null
}

export const checkOperation = (): Plugin => ({
  onExecute: ({ args, setResultAndStopExecution }) => {
    const problem = operationProblem(args)
    if (problem) setResultAndStopExecution({ errors: [problem] })
  },
  onSubscribe: ({ args, setResultAndStopExecution }) => {
    const problem = operationProblem(args)
    if (problem) setResultAndStopExecution({ errors: [problem] })
  },
})

/** The schema is for those who are signed in: no introspection and no suggestions for others. */
export const hideSchema = (): Plugin<Pick<Context, 'viewer'>> => ({
  onValidate: ({ context, addValidationRule }) => {
    if (context.viewer) return undefined
    addValidationRule(NoSchemaIntrospectionCustomRule)
    return ({ valid, setResult }) => {
      if (!valid) setResult([unauthenticated()])
    }
  },
})
