/** The model types that the Pothos plugin needs, apart from the client, so that only the API loads them. */

export type { default as PrismaTypes } from './generated/pothos-types.ts'
export { getDatamodel } from './generated/pothos-types.ts'
