/** What the environment says about which platform to talk to, and as whom. Command line options go before it. */

import { existsSync, readFileSync } from 'node:fs'

/** Where `npm start` keeps its token, seen from the repository. */
const tokenFileOfNpmStart = '.data/api-token'

export type Access = { url: string; token: string }

/** Tells the person what to set; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws UsageError when there is no token, or its file cannot be read */
export const resolveAccess = (options: { url?: string; token?: string; tokenFile?: string }): Access => ({
  url: parseUrl(options.url ?? (process.env.AIIA_URL || `http://localhost:${process.env.PORT || 3000}`)),
  token: resolveToken(options),
})

/** Whether colours and redrawing are welcome; NO_COLOR is the usual way to say no. */
export const wantsColour = (stream: { isTTY?: boolean }): boolean => stream.isTTY === true && !process.env.NO_COLOR

const parseUrl = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`"${text}" is not an address such as http://localhost:3000. Give --url or set AIIA_URL.`)
  }
  return new URL('/graphql', url).href
}

const resolveToken = ({ token, tokenFile }: { token?: string; tokenFile?: string }): string => {
  if (token) return token
  if (tokenFile) return readToken(tokenFile)
  if (process.env.AIIA_TOKEN) return process.env.AIIA_TOKEN
  if (process.env.AIIA_TOKEN_FILE) return readToken(process.env.AIIA_TOKEN_FILE)
  if (existsSync(tokenFileOfNpmStart)) return readToken(tokenFileOfNpmStart)
  throw new UsageError('No API token. Give --token or --token-file, or set AIIA_TOKEN or AIIA_TOKEN_FILE.')
}

const readToken = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new UsageError(`The token file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
