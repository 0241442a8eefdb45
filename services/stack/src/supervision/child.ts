/** A process that the supervisor started. */

export type Ending = {
  /** "ended with code 1", "was ended by SIGKILL". */
  how: string
  /** The last lines that it wrote, for a start that fails. */
  lastLines: string[]
}

export type Child = {
  pid: number
  /** Resolves when it can do its work; stays pending when it ends before. */
  ready: Promise<void>
  /** Settles when it has ended, asked or not. */
  ended: Promise<Ending>
  /** Asks it to end, kills it after its grace, and settles as `ended`. */
  stop(): Promise<Ending>
}

export const howItEnded = (code: number | null, signal: string | null): string =>
  signal === null ? `ended with code ${code}` : `was ended by ${signal}`
