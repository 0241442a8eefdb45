/** Global ids: Relay's opaque ones go out; those and the plain ids of the database come in. */

import { badInput } from '../errors.ts'

export type NodeType = 'Connector' | 'JobRun' | 'ApiToken' | 'Person' | 'NotificationChannel'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const toGlobalId = (type: NodeType, id: string): string => Buffer.from(`${type}:${id}`).toString('base64')

/**
 * @param field the argument, for the message
 * @throws BAD_USER_INPUT when it is no id of this type
 */
export const parseId = (type: NodeType, id: string, field = 'id'): string => {
  if (uuid.test(id)) return id.toLowerCase()
  const [name, plain] = Buffer.from(id, 'base64').toString().split(':')
  if (name === type && plain !== undefined && uuid.test(plain)) return plain
  throw badInput({ [field]: `This is not the id of a ${type}; take it from the field "id" of a ${type}.` })
}
