/** Parses input with zod; what is wrong is told by its path, in words that say what would be right. */

import type { z } from 'zod'
import { badInput } from '../errors.ts'

export type Problems = Record<string, string>

/**
 * @param at path of `value` inside the input
 * @throws BAD_USER_INPUT with every problem at once
 */
export const parse = <S extends z.ZodType>(schema: S, value: unknown, at: readonly PropertyKey[] = []): z.output<S> => {
  const problems: Problems = {}
  const output = check(schema, value, at, problems)
  refuseIf(problems)
  return output as z.output<S>
}

/** As `parse`, but collects: several parts of one input tell their problems together. */
export const check = <S extends z.ZodType>(
  schema: S,
  value: unknown,
  at: readonly PropertyKey[],
  problems: Problems,
): z.output<S> | undefined => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) Object.assign(problems, problemsOf(issue, at))
  return undefined
}

export const refuseIf = (problems: Problems): void => {
  if (Object.keys(problems).length > 0) throw badInput(problems)
}

const problemsOf = (issue: z.core.$ZodIssue, at: readonly PropertyKey[]): Problems => {
  const path = [...at, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return Object.fromEntries(issue.keys.map((key) => [[...path, key].join('.'), 'There is no such field here.']))
  }
  if (issue.code === 'invalid_union') return { [path.join('.')]: unionMessage(issue) }
  return { [path.join('.')]: messageOf(issue) }
}

/** A schema may word it itself; otherwise what each alternative misses is the best help. */
const unionMessage = ({ message, errors }: z.core.$ZodIssueInvalidUnion): string => {
  if (message !== 'Invalid input') return message
  const alternatives = errors.map((issues) =>
    issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${messageOf(issue)}`).join(' '),
  )
  return `None of the forms that are possible here fits. ${[...new Set(alternatives)].join(' Or: ')}`
}

const messageOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return `There is no field ${issue.keys.map((key) => `"${key}"`).join(', ')} here.`
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return `This is required: ${aKind(issue.expected)}.`
  return issue.message
}

const aKind = (expected: string): string => (/^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`)
