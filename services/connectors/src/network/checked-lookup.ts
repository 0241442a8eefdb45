/** Name lookups of sockets that libraries open by themselves: an address is given out only when it may be reached. */

import type { LookupFunction } from 'node:net'
import { SyncError } from '@aiia/core/failures/failure'
import type { TargetPolicy } from '@aiia/core/sync/source'
import { checkedLookup as checkedLookupBy, checkLiteral as checkLiteralBy, type Refuse } from '@aiia/kit/checked-lookup'
import type { Peer } from './addresses.ts'

/** @param port what the sockets connect to; a lookup is not told */
export const checkedLookup = (targets: TargetPolicy, port: number): LookupFunction => checkedLookupBy(refuseBy(targets, port))

/** @throws SyncError PERMISSION_DENIED for a host that is an address that the worker may not reach */
export const checkLiteral = (targets: TargetPolicy, { host, port }: Peer): void => checkLiteralBy(host, refuseBy(targets, port))

const refuseBy =
  (targets: TargetPolicy, port: number): Refuse =>
  (address, host) => {
    const refusal = targets.refusal(address, port)
    if (refusal === null) return null
    return new SyncError('PERMISSION_DENIED', `Workers may not connect to ${host}:${port}: ${refusal}.`, { place: { step: 'CONNECT' } })
  }
