/** The kind `s3`, without its driver. */

import { z } from 'zod'
import { fileStreamSchema } from '../files/stream-source.ts'
import type { ConnectorKind } from '../kinds.ts'

export const settingsSchema = z.object({
  endpoint: z
    .url({ protocol: /^https?$/, error: 'An address that begins with https:// or http://.' })
    .refine((text) => !/[?#@]/.test(text), 'An address without a user, a query or a fragment.')
    .optional()
    .meta({
      title: 'Endpoint',
      description: 'Of MinIO, Ceph and other storage that speaks S3. Left out: Amazon’s own, of the region.',
      examples: ['https://minio.corp.example:9000'],
    }),
  region: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{1,63}$/, 'A region such as eu-central-1.')
    .default('us-east-1')
    .meta({ title: 'Region', examples: ['eu-central-1'] }),
  bucket: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/, 'The name of a bucket.')
    .meta({ title: 'Bucket', examples: ['finance-exports'] }),
  prefix: z
    .string()
    .trim()
    .default('')
    .meta({ title: 'Folder', description: 'Nothing outside of it is read. Left out: the whole bucket.', examples: ['sap/daily'] }),
  forcePathStyle: z.boolean().optional().meta({
    title: 'Bucket in the path',
    description: 'Whether the bucket stands in the path of a request rather than in its host name. Left out: with an endpoint it does.',
  }),
  ca: z
    .string()
    .optional()
    .meta({ title: 'Certificate authority', description: 'PEM text that is trusted instead of the system’s authorities.' }),
})

export const credentialsSchema = z.object({
  accessKeyId: z.string().trim().min(1, 'The id of an access key.').meta({ title: 'Access key id' }),
  secretAccessKey: z
    .string()
    .trim()
    .min(1, 'The secret of the access key.')
    .meta({ title: 'Secret access key', format: 'password', writeOnly: true }),
  sessionToken: z
    .string()
    .trim()
    .optional()
    .meta({ title: 'Session token', format: 'password', writeOnly: true, description: 'Of temporary credentials.' }),
})

export type S3Credentials = z.output<typeof credentialsSchema>
export type S3Settings = z.output<typeof settingsSchema>

/** What the keys of all objects begin with: empty, or a folder with its slash. */
export const rootOf = ({ prefix }: S3Settings): string => {
  const folder = prefix.replace(/^\/+|\/+$/g, '')
  return folder === '' ? '' : `${folder}/`
}

/** `minio.corp.example:9000`; Amazon is named by its region. */
export const peerOf = ({ endpoint, region }: S3Settings): { host: string; port: number } => {
  if (endpoint === undefined) return { host: `s3.${region}.amazonaws.com`, port: 443 }
  const { hostname, port, protocol } = new URL(endpoint)
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port) }
}

/** `s3://finance-exports/sap/daily at https://minio.corp.example:9000`. */
export const addressOf = (settings: S3Settings): string => {
  const { bucket, endpoint, region } = settings
  return `s3://${bucket}/${rootOf(settings).slice(0, -1)} at ${endpoint ?? `Amazon, ${region}`}`
}

export const s3Kind: ConnectorKind = {
  kind: 's3',
  label: 'S3, MinIO',
  description: 'CSV, JSON Lines and Parquet files in a bucket of Amazon S3, MinIO and other storage that speaks S3.',
  verified: true,
  capabilities: { sql: false, incremental: 'FILES', chunks: true, parallel: false, controlTotals: false },
  settings: settingsSchema,
  credentials: credentialsSchema,
  streamSource: fileStreamSchema,
  address: (settings) => addressOf(settingsSchema.parse(settings)),
  sourceHost: (settings) => {
    const parsed = settingsSchema.parse(settings)
    const { host, port } = peerOf(parsed)
    return parsed.endpoint === undefined ? null : `${host.toLowerCase()}:${port}`
  },
  targetOf: (settings) => {
    const { endpoint, region, bucket } = settingsSchema.parse(settings)
    return { endpoint, region, bucket }
  },
}
