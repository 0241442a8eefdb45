/** The first administrator and the API token: given by the settings, else made at the first start. */

import { randomBytes } from 'node:crypto'
import type { DataDir } from '../data-dir/data-dir.ts'

export type Administrator = {
  email: string
  /** undefined: it was set at an earlier start. */
  password: string | undefined
  /** The password was made by us and is to be shown. */
  generated: boolean
  token: string
  tokenFile: string
  /** To be called when the generated password was shown: it never is again. */
  shown(): void
}

type Given = { email: string; password: string | undefined; token: string | undefined }

const tokenFile = 'api-token'
const shownFile = 'password-was-printed'

export const findAdministrator = (dataDir: DataDir, given: Given): Administrator => {
  const token = given.token ?? dataDir.keep(tokenFile, () => `aiia_${randomBytes(32).toString('base64url')}`)
  if (given.token) dataDir.write(tokenFile, `${token}\n`)
  // An earlier start that ended before it could show the password is followed by one that makes another.
  const generated = given.password === undefined && dataDir.read(shownFile) !== given.email
  return {
    email: given.email,
    password: generated ? randomBytes(12).toString('base64url') : given.password,
    generated,
    token,
    tokenFile: dataDir.path(tokenFile),
    shown: () => dataDir.write(shownFile, given.email),
  }
}
