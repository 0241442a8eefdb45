/** The last words of a start: where to go and how to get in. */

import { relative } from 'node:path'
import type { Administrator } from './administrator.ts'

type Welcome = { address: string; administrator: Administrator; demo: string | undefined; seconds: number }

export const welcome = ({ address, administrator, demo, seconds }: Welcome): string => {
  const { email, password, generated, tokenFile } = administrator
  const passwordLine = generated
    ? `${password}   (shown this once)`
    : password === undefined
      ? 'as printed at the first start; ADMIN_PASSWORD=… npm start sets a new one'
      : 'as given by ADMIN_PASSWORD'
  const rows: [string, string][] = [
    ['Console', address],
    ['Sign in', email],
    ['Password', passwordLine],
    ['API', `${address}/graphql, token in ${shorter(tokenFile)}`],
    ...(demo === undefined ? [] : [['Try', `Connectors → “${demo}” → Sync Now`] satisfies [string, string]]),
    ['Stop', 'Ctrl-C'],
  ]
  const lines = rows.map(([label, value]) => `  ${label.padEnd(10)}${value}`)
  return `\nAIIA Data Refresh is ready (${seconds.toFixed(1)} s).\n\n${lines.join('\n')}\n`
}

const shorter = (file: string): string => {
  const path = relative(process.cwd(), file)
  return path.startsWith('..') ? file : path
}
