/** What the store refuses, as typed errors; the API tells clients in one place. */

export class ActiveRunError extends Error {
  override readonly name = 'ActiveRunError'
  readonly activeRun: { id: string; number: number }

  constructor(activeRun: { id: string; number: number }) {
    super(`Run #${activeRun.number} of this connector is active.`)
    this.activeRun = activeRun
  }
}

export class ConnectorNotFoundError extends Error {
  override readonly name = 'ConnectorNotFoundError'
}

export class RunNotFoundError extends Error {
  override readonly name = 'RunNotFoundError'
}

export class RunAlreadyFinalError extends Error {
  override readonly name = 'RunAlreadyFinalError'
  readonly status: string

  constructor(status: string) {
    super(`The run is ${status} already.`)
    this.status = status
  }
}

/** What was asked of a run does not fit what became of it. */
export class RunRefusedError extends Error {
  override readonly name = 'RunRefusedError'
  readonly run: { id: string; number: number }

  /** @param why for people, with what to do instead */
  constructor({ id, number }: { id: string; number: number }, why: string) {
    super(why)
    this.run = { id, number }
  }
}

export class UnknownStreamError extends Error {
  override readonly name = 'UnknownStreamError'
  readonly names: string[]

  constructor(names: string[]) {
    super(`The connector has no stream ${names.join(', ')}.`)
    this.names = names
  }
}

export class ConnectorNameTakenError extends Error {
  override readonly name = 'ConnectorNameTakenError'
}

/** Two streams must not fill one table. */
export class DestinationTableTakenError extends Error {
  override readonly name = 'DestinationTableTakenError'
  readonly table: string
  readonly connector: string

  constructor(table: string, connector: string) {
    super(`The table ${table} is filled by the connector ${connector}.`)
    this.table = table
    this.connector = connector
  }
}

export class ChannelNotFoundError extends Error {
  override readonly name = 'ChannelNotFoundError'
}

export class ChannelNameTakenError extends Error {
  override readonly name = 'ChannelNameTakenError'
}
