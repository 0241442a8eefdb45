/** What is used of hdb 2.30, which has no types of its own; names with an underscore are the driver's own affair. */

declare module 'hdb' {
  import type { EventEmitter } from 'node:events'
  import type { Socket } from 'node:net'
  import type { Readable } from 'node:stream'

  type Done<Result extends unknown[] = []> = (error: Error | null | undefined, ...result: Result) => void

  export type ClientOptions = {
    host: string
    port: number
    user: string
    password: string
    /** Of a tenant, whose address is asked of the system database at host and port. */
    databaseName?: string
    /** Milliseconds for the first answer. */
    initializationTimeout?: number
    /** Which types the server may name in a result. */
    dataFormatSupport?: number
  }

  export type Column = {
    dataType: number
    /** Digits of a decimal, characters of a text. */
    length: number
    /** Digits behind the point. */
    fraction: number
    columnDisplayName: string
    isMandatory(): boolean
  }

  export type Lob = { read(done: Done<[Buffer]>): void }

  export type ResultSet = {
    metadata: Column[]
    closed: boolean
    /** Arrays of so many rows. */
    createArrayStream(rows: number): Readable
    close(done: Done): void
  }

  export type Statement = {
    /** undefined: no query. */
    resultSetMetadata: Column[] | undefined
    parameterMetadata: unknown[] | undefined
    drop(done?: Done): void
  }

  export type Connection = {
    _connectFn(options: { host: string; port: number }, done: (error: Error | null, socket?: Socket) => void): void
  }

  export class Client extends EventEmitter {
    constructor(options: ClientOptions)
    /** As the server has set them at the sign-in. */
    readonly connectOptions: { connectionId?: number; fullVersionString?: string }
    connect(done: Done): void
    disconnect(done: Done): void
    setAutoCommit(autoCommit: boolean): void
    /** All rows. */
    exec(sql: string, options: object, done: Done<[rows: unknown]>): void
    /** A result set for a query. */
    execute(sql: string, options: { rowsAsArray: true }, done: Done<[ResultSet]>): void
    prepare(sql: string, options: object, done: Done<[Statement]>): void
    _createConnection(settings: object): Connection
  }
}
