/** Finds what a person named: a connector by its name, a run by its number. */

import { type GraphQLClient, RefusedError } from './client.ts'

/** @throws RefusedError NOT_FOUND that lists the names there are */
export const findConnector = async (client: GraphQLClient, name: string): Promise<{ id: string; name: string }> => {
  const { connector, connectors } = await client.request<{
    connector: { id: string; name: string } | null
    connectors: { nodes: { name: string }[] }
  }>('query ($name: String!) { connector(name: $name) { id name } connectors(first: 20) { nodes { name } } }', { name })
  if (connector !== null) return connector
  const names = connectors.nodes.map((node) => `"${node.name}"`).join(', ')
  throw new RefusedError('NOT_FOUND', `There is no connector "${name}". ${names === '' ? 'There is none at all.' : `There are ${names}.`}`)
}

/** @throws RefusedError NOT_FOUND */
export const findRun = async (client: GraphQLClient, number: number): Promise<{ id: string; number: number }> => {
  const { jobRun } = await client.request<{ jobRun: { id: string; number: number } | null }>(
    'query ($number: Int!) { jobRun(number: $number) { id number } }',
    {
      number,
    },
  )
  if (jobRun === null) throw new RefusedError('NOT_FOUND', `There is no run #${number}. "aiia runs" lists the newest.`)
  return jobRun
}
