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

export const defaultRetention: Readonly<Retention> = { runs: 1_000, runsDays: 365, logsDays: 90, rejectedRowsDays: 30 }
