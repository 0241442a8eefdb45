/** Spreads schedules that are due at the same minute, so that not all of them meet the same servers at once. */

import { fingerprint } from '../fingerprint.ts'

/** @returns seconds from 0 to `jitterSeconds`, always the same for a connector: its runs keep their distance */
export const jitterOffset = (connectorId: string, jitterSeconds: number): number => fingerprint(connectorId) % (jitterSeconds + 1)
