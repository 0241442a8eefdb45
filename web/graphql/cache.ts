/** The normalised cache: every run and connector once, by id, whichever screen, event or answer brought it. */

import { type Cache, cacheExchange, type Data } from '@urql/exchange-graphcache'
import { MaintenanceDocument, type MaintenanceQuery } from './generated/graphql.ts'

const embedded = () => null

/** A run is news for its connector's row: it may be its last run, and its active one. */
const linkToConnector = (run: Data, cache: Cache) => {
  const connector = cache.resolve(run, 'connector')
  if (typeof connector !== 'string') return
  const last = cache.resolve(connector, 'lastRun')
  const lastNumber = typeof last === 'string' ? cache.resolve(last, 'number') : undefined
  if (typeof lastNumber === 'number' && Number(run['number']) < lastNumber) return
  cache.link(connector, 'lastRun', run)
  cache.link(connector, 'activeRun', run['status'] === 'PENDING' || run['status'] === 'RUNNING' ? run : null)
}

const runFrom = (field: string) => (result: Data, _: unknown, cache: Cache) => {
  const run = result[field]
  if (typeof run === 'object' && run !== null && !Array.isArray(run)) linkToConnector(run as Data, cache)
}

export const normalisedCache = () =>
  cacheExchange({
    keys: {
      Viewer: embedded,
      ConnectorKind: ({ kind }) => (typeof kind === 'string' ? kind : null),
      KindCapabilities: embedded,
      Chunking: embedded,
      FieldMapping: embedded,
      SchemaChanges: embedded,
      Limits: embedded,
      Retention: embedded,
      Schedule: embedded,
      ScheduleSlot: embedded,
      RecordCounts: embedded,
      JobStep: embedded,
      JobRunTransition: embedded,
      JobRunAttempt: embedded,
      Failure: embedded,
      MappingProposal: embedded,
      SchemaChange: embedded,
      StreamReceipt: embedded,
      ControlTotals: embedded,
      TotalPair: embedded,
      ColumnTotal: embedded,
      CursorRange: embedded,
      LogPage: embedded,
      LogLine: embedded,
      RejectedRow: embedded,
      JobRunRejectedRowsConnection: embedded,
      SystemStatus: embedded,
      Maintenance: embedded,
      ConnectionTest: embedded,
      DiscoveredStream: embedded,
      DiscoveredColumn: embedded,
      PageInfo: embedded,
      QueryConnectorsConnection: embedded,
      QueryJobRunsConnection: embedded,
      ConnectorRunsConnection: embedded,
    },
    updates: {
      Subscription: { jobRunUpdated: runFrom('jobRunUpdated') },
      Mutation: {
        triggerSync: runFrom('triggerSync'),
        retryJobRun: runFrom('retryJobRun'),
        applyMappingProposal: runFrom('applyMappingProposal'),
        replayRejectedRows: runFrom('replayRejectedRows'),
        cancelJobRun: runFrom('cancelJobRun'),
        pausePlatform: maintenanceFrom('pausePlatform'),
        resumePlatform: maintenanceFrom('resumePlatform'),
        createConnector: (_result, _args, cache) => invalidateConnectors(cache),
        deleteConnector: (_result, _args, cache) => invalidateConnectors(cache),
      },
    },
  })

/** The banner of every page and the System page show it at once. */
const maintenanceFrom = (field: string) => (result: Data, _: unknown, cache: Cache) => {
  const system = result[field] as MaintenanceQuery['system']
  cache.updateQuery({ query: MaintenanceDocument }, () => ({ system }))
}

const invalidateConnectors = (cache: Cache) => {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fieldName === 'connectors') cache.invalidate('Query', fieldName, args)
  }
}
