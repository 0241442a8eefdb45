/** What the store refuses, as clients are told. */

import {
  ActiveRunError,
  ChannelNameTakenError,
  ChannelNotFoundError,
  ConnectorNameTakenError,
  ConnectorNotFoundError,
  DestinationTableTakenError,
  RunAlreadyFinalError,
  RunNotFoundError,
  RunRefusedError,
  UnknownStreamError,
} from '@aiia/store/errors'
import type { GraphQLError } from 'graphql'
import { badInput, conflict, notFound } from './errors.ts'
import { toGlobalId } from './schema/ids.ts'

/** @returns undefined for what is no refusal but a defect */
export const fromStoreError = (error: unknown): GraphQLError | undefined => {
  if (error instanceof ActiveRunError) {
    const { id, number } = error.activeRun
    return conflict(`Run #${number} of this connector goes on. Wait for its end or cancel it.`, {
      jobRunId: toGlobalId('JobRun', id),
      number,
    })
  }
  if (error instanceof ConnectorNotFoundError) return notFound('There is no such connector.')
  if (error instanceof RunNotFoundError) return notFound('There is no such run.')
  if (error instanceof RunAlreadyFinalError) return conflict(`The run is ${error.status} already, and stays so.`)
  if (error instanceof RunRefusedError)
    return conflict(error.message, { jobRunId: toGlobalId('JobRun', error.run.id), number: error.run.number })
  if (error instanceof UnknownStreamError)
    return badInput({ streams: `The connector has no stream ${error.names.map((name) => `"${name}"`).join(', ')}.` })
  if (error instanceof ConnectorNameTakenError) return badInput({ name: 'Another connector has this name. Choose a different one.' })
  if (error instanceof ChannelNotFoundError) return notFound('There is no such channel.')
  if (error instanceof ChannelNameTakenError) return badInput({ name: 'Another channel has this name. Choose a different one.' })
  if (error instanceof DestinationTableTakenError) {
    return badInput({
      streams: `The connector "${error.connector}" fills the table "${error.table}" already. Give another "destinationTable".`,
    })
  }
  return undefined
}
