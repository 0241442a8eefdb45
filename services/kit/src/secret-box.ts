/** Seals the connectors' credentials with AES-256-GCM. */

import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'

/** version (1 byte) · key id (4) · nonce (12) · tag (16) · ciphertext */
const version = 1
const [keyIdAt, nonceAt, tagAt, textAt] = [1, 5, 17, 33]

export type SecretBox = {
  /** @param context what the secret belongs to, such as `connector:<id>`; it opens with the same context only */
  seal(value: unknown, context: string): Buffer
  /** @throws SecretBoxError which never holds the secret */
  open(sealed: Uint8Array, context: string): unknown
  /** The same secret for something else, which no caller sees on the way. @throws SecretBoxError */
  reseal(sealed: Uint8Array, from: string, to: string): Buffer
  /** 32 bytes for another purpose, always the same for the same key; the key cannot be told from them. */
  derive(purpose: string): Buffer
}

export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError'
}

/** @param key 32 bytes: SECRET_KEY */
export const createSecretBox = (key: Buffer): SecretBox => {
  const keyId = createHash('sha256').update('key id').update(key).digest().subarray(0, 4)
  const associated = (context: string) => Buffer.concat([Buffer.of(version), keyId, Buffer.from(context, 'utf8')])
  const seal: SecretBox['seal'] = (value, context) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(context))
    const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.of(version), keyId, nonce, cipher.getAuthTag(), text])
  }
  const open: SecretBox['open'] = (bytes, context) => {
    const sealed = Buffer.from(bytes)
    if (sealed.length < textAt || sealed[0] !== version) throw new SecretBoxError('These are no sealed credentials.')
    if (!sealed.subarray(keyIdAt, nonceAt).equals(keyId)) {
      throw new SecretBoxError('The credentials were sealed with another SECRET_KEY. Start with that one, or enter the credentials again.')
    }
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(nonceAt, tagAt)).setAAD(associated(context))
    decipher.setAuthTag(sealed.subarray(tagAt, textAt))
    return parse(decipher, sealed.subarray(textAt))
  }
  return {
    seal,
    open,
    reseal: (sealed, from, to) => seal(open(sealed, from), to),
    derive: (purpose) => createHmac('sha256', key).update(`derived: ${purpose}`).digest(),
  }
}

const parse = (decipher: ReturnType<typeof createDecipheriv>, text: Buffer): unknown => {
  try {
    return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8'))
  } catch {
    // The error of JSON.parse would quote the secret.
    throw new SecretBoxError('The sealed credentials are damaged or belong to something else.')
  }
}
