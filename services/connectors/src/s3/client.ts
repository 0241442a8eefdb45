/** The SDK's client, held to what the platform asks: checked addresses, bounded waits, nothing taken from the worker's surroundings. */

import { SyncError } from '@aiia/core/failures/failure'
import type { SourceAccess } from '@aiia/core/sync/source'
import { S3Client } from '@aws-sdk/client-s3'
import { checkedLookup, checkLiteral } from '../network/checked-lookup.ts'
import { credentialsSchema, peerOf, type S3Credentials, type S3Settings } from './config.ts'

/**
 * A server may keep us waiting so long for an answer, or for more of an object: what it is given to accept a connection,
 * a few times over.
 */
export const patienceOf = ({ connectTimeoutMs }: SourceAccess): number => 3 * connectTimeoutMs

/** @throws SyncError PERMISSION_DENIED for an endpoint that the worker may not reach, INVALID_CREDENTIALS where there are none */
export const createClient = (access: SourceAccess, settings: S3Settings): S3Client => {
  const { endpoint, region, ca, forcePathStyle = endpoint !== undefined } = settings
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsOf(access)
  const peer = peerOf(settings)
  checkLiteral(access.targets, peer)
  const agent = { lookup: checkedLookup(access.targets, peer.port), maxSockets: 16 }
  return new S3Client({
    region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && sessionToken !== '' && { sessionToken }) },
    forcePathStyle,
    ...(endpoint !== undefined && { endpoint }),
    // Environment and files of the worker could name another address.
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useArnRegion: false,
    retryMode: 'standard',
    // The platform makes new attempts itself.
    maxAttempts: 2,
    // Sums of whole objects are of no use to ranges, and not every server knows them.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      httpAgent: agent,
      httpsAgent: { ...agent, ...(ca !== undefined && { ca }) },
      connectionTimeout: access.connectTimeoutMs,
      requestTimeout: patienceOf(access),
      throwOnRequestTimeout: true,
    },
  })
}

/** The SDK would look for others, those of the worker's own machine among them. */
const credentialsOf = ({ credentials }: SourceAccess): S3Credentials => {
  const { data } = credentialsSchema.safeParse(credentials)
  if (data !== undefined) return data
  const message = 'No access key is set. Enter its id and its secret in the connector settings.'
  throw new SyncError('INVALID_CREDENTIALS', message, { place: { step: 'CONNECT' } })
}
