/** The normalised cache: every run and connector once, by id, whichever screen, event or answer brought it. */

import { type Cache, cacheExchange, type Data } from '@urql/exchange-graphcache'
import {
  MaintenanceDocument,
  type MaintenanceQuery,
  type RunBarsFragment,
  RunBarsFragmentDoc,
  type RunSummaryFragment,
  ViewerDocument,
  type ViewerQuery,
} from './generated/graphql.ts'

const embedded = () => null

/** A run is news for its connector's row: it is one of those drawn there, may be its last run, and its active one. */
const linkToConnector = (run: Data, cache: Cache) => {
  const connector = cache.resolve(run, 'connector')
  if (typeof connector !== 'string') return
  putAmongRecentRuns(connector, run, cache)
  const last = cache.resolve(connector, 'lastRun')
  const lastNumber = typeof last === 'string' ? cache.resolve(last, 'number') : undefined
  if (typeof lastNumber === 'number' && Number(run['number']) < lastNumber) return
  cache.link(connector, 'lastRun', run)
  cache.link(connector, 'activeRun', run['status'] === 'PENDING' || run['status'] === 'RUNNING' ? run : null)
}

/** Newest first, and no more than were asked for. A run that is drawn already moves: it is no entity of its own there. */
const putAmongRecentRuns = (connector: string, run: Data, cache: Cache) => {
  const asked = cache.inspectFields(connector).find(({ fieldName }) => fieldName === 'recentRuns')
  const known = asked && cache.readFragment(RunBarsFragmentDoc, connector)
  if (!known) return
  const { number, status, startedAt, finishedAt, revision } = run as Data &
    Pick<RunSummaryFragment, keyof RunBarsFragment['recentRuns'][number]>
  const others = known.recentRuns.filter((other) => other.number !== number)
  const bar = { __typename: 'RecentRun', number, status, startedAt, finishedAt, revision }
  const recentRuns = [bar, ...others]
    .sort((a, b) => b.number - a.number)
    .slice(0, Number(asked.arguments?.['first'] ?? Number.POSITIVE_INFINITY))
  cache.writeFragment(RunBarsFragmentDoc, { ...known, recentRuns })
}

const runFrom = (field: string) => (result: Data, _: unknown, cache: Cache) => {
  const run = result[field]
  if (typeof run === 'object' && run !== null && !Array.isArray(run)) linkToConnector(run as Data, cache)
}

export const normalisedCache = () =>
  cacheExchange({
    keys: {
      Viewer: embedded,
      CreatedApiToken: embedded,
      AuditEntry: ({ number }) => (typeof number === 'number' ? String(number) : null),
      AuditVerification: embedded,
      QueryAuditLogConnection: embedded,
      PersonWithPassword: embedded,
      NotificationTest: embedded,
      FailureExplanation: ({ code }) => (typeof code === 'string' ? code : null),
      ConnectorKind: ({ kind }) => (typeof kind === 'string' ? kind : null),
      KindCapabilities: embedded,
      Chunking: embedded,
      FieldMapping: embedded,
      SchemaChanges: embedded,
      Limits: embedded,
      Retention: embedded,
      OwnRetention: embedded,
      RetentionSettings: embedded,
      RetentionForecast: embedded,
      StoredAmount: embedded,
      Schedule: embedded,
      ScheduleSlot: embedded,
      ConnectorStatistics: embedded,
      RunPoint: embedded,
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
      RatePoint: embedded,
      RecentRun: embedded,
      RunComparison: embedded,
      ConfigurationChange: embedded,
      StreamSchemaChanges: embedded,
      FigureChange: embedded,
      LogPage: embedded,
      LogLine: embedded,
      RejectedRow: embedded,
      JobRunRejectedRowsConnection: embedded,
      SystemStatus: embedded,
      SystemProblem: embedded,
      ServerStatus: embedded,
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
        createConnector: (_result, _args, cache) => invalidate(cache, 'connectors'),
        duplicateConnector: (_result, _args, cache) => invalidate(cache, 'connectors'),
        deleteConnector: (_result, _args, cache) => invalidate(cache, 'connectors'),
        createApiToken: (_result, _args, cache) => invalidate(cache, 'apiTokens'),
        createPerson: (_result, _args, cache) => invalidate(cache, 'people'),
        createNotificationChannel: (_result, _args, cache) => invalidate(cache, 'notificationChannels'),
        deleteNotificationChannel: (_result, _args, cache) => invalidate(cache, 'notificationChannels'),
        // The tokens of whom it is about may have ended with it.
        updatePerson: (_result, _args, cache) => invalidate(cache, 'apiTokens'),
        deactivatePerson: (_result, _args, cache) => invalidate(cache, 'apiTokens'),
        removePerson: (_result, _args, cache) => invalidate(cache, 'people', 'apiTokens'),
        changePassword: (result, _args, cache) => {
          const viewer = result['changePassword'] as ViewerQuery['viewer']
          cache.updateQuery({ query: ViewerDocument }, () => ({ viewer }))
        },
      },
    },
  })

/** The banner of every page and the System page show it at once. */
const maintenanceFrom = (field: string) => (result: Data, _: unknown, cache: Cache) => {
  const system = result[field] as MaintenanceQuery['system']
  cache.updateQuery({ query: MaintenanceDocument }, () => ({ system }))
}

/** What the server has to be asked for anew. */
const invalidate = (cache: Cache, ...fields: string[]) => {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fields.includes(fieldName)) cache.invalidate('Query', fieldName, args)
  }
}
