/** The kind `sftp`, without its driver. */

import { z } from 'zod'
import { fileStreamSchema } from '../files/stream-source.ts'
import type { ConnectorKind } from '../kinds.ts'

export const settingsSchema = z.object({
  host: z
    .string()
    .trim()
    .min(1, 'The name or address of the server.')
    .meta({ title: 'Host', description: 'Name or IP address of the server.', examples: ['sftp.corp.example'] }),
  port: z.int().min(1).max(65_535).default(22).meta({ title: 'Port' }),
  user: z
    .string()
    .min(1, 'The user to sign in as.')
    .meta({ title: 'User', description: 'One who may read what is synced, and nothing else.', examples: ['sap_read'] }),
  folder: z
    .string()
    .trim()
    .default('')
    .meta({ title: 'Folder', description: 'Nothing outside of it is read. Left out: where the sign-in leads.', examples: ['/data/out'] }),
  hostKey: z
    .string()
    .trim()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/, 'A fingerprint as ssh-keygen -l prints it: SHA256: and 43 characters.')
    .optional()
    .meta({
      title: 'Host key',
      description:
        'Fingerprint of the key by which the server proves who it is. The Connection Test shows it; compare it with the server’s.',
      examples: ['SHA256:jE4eVt1Mb0Xs0n0mC2Jr3cVvKXo8G5mC6vN2u0vT1rQ'],
    }),
  acceptAnyHostKey: z
    .boolean()
    .default(false)
    .meta({ title: 'Accept any host key', description: 'Another server could then take the password and pass for this one.' }),
})

export const credentialsSchema = z.object({
  password: z.string().optional().meta({ title: 'Password', format: 'password', writeOnly: true }),
  privateKey: z
    .string()
    .optional()
    .meta({ title: 'Private key', format: 'password', writeOnly: true, description: 'In the form of OpenSSH or PEM.' }),
  passphrase: z.string().optional().meta({ title: 'Passphrase', format: 'password', writeOnly: true, description: 'Of the private key.' }),
})

export type SftpSettings = z.output<typeof settingsSchema>
export type SftpCredentials = z.output<typeof credentialsSchema>

/** `sftp://sap_read@sftp.corp.example:22/data/out`; a folder below the one of the sign-in begins with `~`. */
export const addressOf = ({ host, port, user, folder }: SftpSettings): string =>
  `sftp://${encodeURIComponent(user)}@${host.includes(':') ? `[${host}]` : host}:${port}${folder.startsWith('/') ? folder : `/~/${folder}`}`

export const sftpKind: ConnectorKind = {
  kind: 'sftp',
  label: 'SFTP',
  description: 'CSV, JSON Lines and Parquet files in a folder of an SFTP server.',
  verified: true,
  capabilities: { sql: false, incremental: 'FILES', chunks: true, parallel: false, controlTotals: false },
  settings: settingsSchema,
  credentials: credentialsSchema,
  streamSource: fileStreamSchema,
  address: (settings) => addressOf(settingsSchema.parse(settings)),
  sourceHost: (settings) => {
    const { host, port } = settingsSchema.parse(settings)
    return `${host.toLowerCase()}:${port}`
  },
  targetOf: (settings) => {
    const { host, port, user, hostKey, acceptAnyHostKey } = settingsSchema.parse(settings)
    return { host, port, user, hostKey, acceptAnyHostKey }
  },
}
