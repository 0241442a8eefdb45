/** How long what a connector's runs leave behind is kept. */

export type Retention = {
  /** Ended runs that are kept, the newest first. */
  runs: number
  /** Days that an ended run is kept; whichever of the two is reached first counts. */
  runsDays: number
  /** Days that the log of an ended run is kept. */
  logsDays: number
  /** Days that its rejected rows are kept. */
  rejectedRowsDays: number
}

/** Of one connector; null: as the platform has it. */
export type OwnRetention = { [Part in keyof Retention]: number | null }

export const noOwnRetention: Readonly<OwnRetention> = { runs: null, runsDays: null, logsDays: null, rejectedRowsDays: null }

const merged = <Value>(valueOf: (part: keyof Retention) => Value): { [Part in keyof Retention]: Value } => ({
  runs: valueOf('runs'),
  runsDays: valueOf('runsDays'),
  logsDays: valueOf('logsDays'),
  rejectedRowsDays: valueOf('rejectedRowsDays'),
})

/** What holds for a connector. */
export const effectiveRetention = (own: OwnRetention, platform: Retention): Retention => merged((part) => own[part] ?? platform[part])

/** What is omitted stays; null is the platform's again. */
export type RetentionChange = { [Part in keyof Retention]?: number | null | undefined }

/** A form that sends back all that it showed makes nothing the connector's own: what equals the platform's stays the platform's. */
export const changedOwnRetention = (own: OwnRetention, change: RetentionChange, platform: Retention): OwnRetention =>
  merged((part) => {
    const value = change[part]
    if (value === undefined) return own[part]
    return own[part] === null && value === platform[part] ? null : value
  })

/** Of a new connector: what is omitted is the platform's. */
export const newOwnRetention = (given: RetentionChange): OwnRetention => merged((part) => given[part] ?? null)
