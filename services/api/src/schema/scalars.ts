/** Scalars beyond GraphQL's own. */

import { GraphQLError } from 'graphql'
import { builder } from './builder.ts'

builder.scalarType('DateTime', {
  description: 'A moment in time, ISO 8601 in UTC with milliseconds.',
  serialize: (value) => value.toISOString(),
  parseValue: (value) => {
    const date = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : undefined
    if (date === undefined || Number.isNaN(date.getTime())) {
      throw new GraphQLError('A DateTime is an ISO 8601 text with its time zone, such as "2026-05-24T02:00:00.000Z".')
    }
    return date
  },
})

builder.scalarType('Long', {
  description: 'An integer up to 2^53-1, as a JSON number.',
  serialize: (value) => {
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit into a Long`)
    return number
  },
  parseValue: (value) => {
    if (!Number.isSafeInteger(value)) throw new GraphQLError('A Long is an integer between -(2^53-1) and 2^53-1.')
    return value as number
  },
})

builder.scalarType('JSON', { description: 'Any JSON value.', serialize: (value) => value, parseValue: (value) => value })
