/** The commands of `aiia`. Each asks the API and returns an exit code. */

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import { createGraphQLClient, type GraphQLClient, RefusedError } from './client.ts'
import { type Access, resolveAccess } from './env.ts'
import { exitCodeHelp, exitCodes, type JobRunStatus } from './exit-code.ts'
import { findConnector, findRun } from './find.ts'
import { followLog, followRun, type Output } from './follow-run.ts'
import { duration, number, table, time } from './format.ts'

type Context = { client: GraphQLClient; out: Output & NodeJS.WritableStream; json: boolean }
type AccessOptions = { url?: string; token?: string; tokenFile?: string; json?: boolean }

const statuses = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'ERROR', 'CANCELLED'] as const
const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const

const examples = `
Examples:
  aiia connectors
  aiia sync "SAP ERP DB" --follow          progress on a terminal, log lines in a pipe
  aiia runs --connector "SAP ERP DB" --status FAILED
  aiia logs 14802 --follow
  aiia rejected 14802 --format jsonl
  aiia replay 14802 --follow
  aiia runs --json | jq '.[0].status'

${exitCodeHelp}

The platform is found by --url or AIIA_URL (http://localhost:3000), the token by --token, --token-file, AIIA_TOKEN,
AIIA_TOKEN_FILE or ./.data/api-token.`

/**
 * @param connect makes the client, once it is known that a command needs one
 * @param done is told the exit code
 */
export const createProgram = (
  out: Output & NodeJS.WritableStream,
  done: (code: number) => void,
  connect: (access: Access) => GraphQLClient = createGraphQLClient,
): Command => {
  // What is wrong is thrown, by the commands below as well: they take this over as they are added.
  const program = new Command('aiia')
    .exitOverride()
    .description('Data Refresh Jobs from the command line: trigger syncs, watch runs, read logs.')
    .option('--url <address>', 'address of the platform')
    .option('--token <token>', 'API token; visible in the process list, so prefer --token-file or AIIA_TOKEN')
    .option('--token-file <file>', 'file that holds the API token')
    .option('--json', 'print JSON for machines')
    .addHelpText('after', examples)
    .showSuggestionAfterError()

  /** Opens a client for the command and closes it, whatever happens. */
  const action = async (run: (context: Context) => Promise<number>): Promise<void> => {
    const options = program.opts<AccessOptions>()
    const client = connect(resolveAccess(options))
    try {
      done(await run({ client, out, json: options.json === true }))
    } finally {
      await client.close()
    }
  }

  program
    .command('connectors')
    .description('list the connectors and their last runs')
    .option('--search <text>', 'only names that contain this')
    .action(({ search }: { search?: string }) => action((context) => listConnectors(context, search)))

  program
    .command('sync <name>')
    .description('start a run of the connector with this name')
    .option('-f, --follow', 'stay until the run is over')
    .option('--full', 'read everything once, whatever the streams’ modes')
    .option('--stream <name...>', 'only these streams')
    .option('--idempotency-key <key>', 'a repeated call with the same key gets the first run')
    .action((name: string, options: SyncOptions) => action((context) => sync(context, name, options)))

  program
    .command('runs')
    .description('list the newest runs')
    .option('--connector <name>', 'only runs of this connector')
    .addOption(new Option('--status <status...>', 'only runs in these statuses').choices([...statuses]))
    .option('--limit <rows>', 'how many', positiveInteger, 20)
    .action((options: RunsOptions) => action((context) => listRuns(context, options)))

  program
    .command('logs <number>')
    .description('print the log of a run')
    .option('-f, --follow', 'go on until the run is over; exit code by its final status')
    .addOption(new Option('--level <level...>', 'only lines of these levels').choices([...levels]).conflicts('follow'))
    .action((run: string, options: LogsOptions) => action((context) => printLogs(context, positiveInteger(run.replace(/^#/, '')), options)))

  program
    .command('cancel <number>')
    .description('cancel a run that is pending or running')
    .action((run: string) => action((context) => changeRun(context, positiveInteger(run.replace(/^#/, '')), 'cancelJobRun')))

  program
    .command('retry <number>')
    .description('start a new run linked to one that did not complete')
    .option('-f, --follow', 'stay until the new run is over')
    .action((run: string, { follow }: { follow?: boolean }) =>
      action((context) => changeRun(context, positiveInteger(run.replace(/^#/, '')), 'retryJobRun', follow)),
    )

  program
    .command('rejected <number>')
    .description('print the rows that a run rejected')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'jsonl']).default('csv'))
    .action((run: string, { format }: { format: string }) =>
      action((context) => printRejected(context, positiveInteger(run.replace(/^#/, '')), format)),
    )

  program
    .command('replay <number>')
    .description('read again the rows that a run rejected, after what was wrong has been corrected')
    .option('-f, --follow', 'stay until the new run is over')
    .action((run: string, { follow }: { follow?: boolean }) =>
      action((context) => changeRun(context, positiveInteger(run.replace(/^#/, '')), 'replayRejectedRows', follow)),
    )

  program
    .command('test <name>')
    .description('run a Connection Test of a connector')
    .action((name: string) => action((context) => testConnection(context, name)))

  program
    .command('pause')
    .description('pause the platform for maintenance: no run starts, no schedule fires, runs under way go on')
    .option('--reason <text>', 'shown to everybody meanwhile')
    .action(({ reason }: { reason?: string }) => action((context) => pause(context, reason)))

  program
    .command('resume')
    .description('end the maintenance: waiting runs start')
    .action(() => action(resume))

  const channels = program
    .command('channels')
    .description('list the channels of notifications')
    .action(() => action(listChannels))

  channels
    .command('test <name>')
    .description('send a test through the channel with this name; exit code 1 where it is not taken')
    .action((name: string) => action((context) => testChannel(context, name)))

  program
    .command('audit')
    .description('the audit log')
    .command('verify')
    .description('compute the hash of every entry anew; exit code 1 where one is not as it was written')
    .action(() => action(verifyAudit))

  return program
}

type SyncOptions = { follow?: boolean; full?: boolean; stream?: string[]; idempotencyKey?: string }
type RunsOptions = { connector?: string; status?: JobRunStatus[]; limit: number }
type LogsOptions = { follow?: boolean; level?: string[] }

const positiveInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError(`"${text}" is not a whole number from 1.`)
  return value
}

const print = ({ out, json }: Context, data: unknown, text: string): number => {
  out.write(`${json ? JSON.stringify(data, null, 2) : text}\n`)
  return exitCodes.ok
}

const listConnectors = async (context: Context, search?: string): Promise<number> => {
  type Node = {
    name: string
    kind: string
    address: string
    enabled: boolean
    lastRun: { number: number; status: string; finishedAt: string | null; counts: { ingested: number } } | null
  }
  const { connectors } = await context.client.request<{ connectors: { nodes: Node[] } }>(
    `query ($search: String) { connectors(first: 100, search: $search) { nodes { id name kind address enabled
      lastRun { number status finishedAt counts { ingested } } } } }`,
    { search: search ?? null },
  )
  const rows = connectors.nodes.map(({ name, kind, address, lastRun }) => [
    name,
    kind,
    address,
    lastRun === null ? 'never run' : `#${lastRun.number} ${lastRun.status}`,
    lastRun === null ? '' : number(lastRun.counts.ingested),
    time(lastRun?.finishedAt ?? null),
  ])
  const text =
    rows.length === 0
      ? 'There are no connectors yet. Create one in the console under Connectors → New.'
      : table(['NAME', 'KIND', 'ADDRESS', 'LAST RUN', 'RECORDS', 'FINISHED (UTC)'], rows, ['RECORDS'])
  return print(context, connectors.nodes, text)
}

const sync = async (context: Context, name: string, { follow, full, stream, idempotencyKey }: SyncOptions): Promise<number> => {
  const connector = await findConnector(context.client, name)
  const { triggerSync: run } = await context.client.request<{ triggerSync: { id: string; number: number; status: JobRunStatus } }>(
    `mutation ($connectorId: ID!, $streams: [String!], $full: Boolean, $idempotencyKey: String) {
      triggerSync(connectorId: $connectorId, streams: $streams, full: $full, idempotencyKey: $idempotencyKey) { id number status } }`,
    { connectorId: connector.id, streams: stream ?? null, full: full ?? null, idempotencyKey: idempotencyKey ?? null },
  )
  if (follow) return followRun(context.client, run.id, context.out)
  return print(context, run, `Run #${run.number} is ${run.status}. Watch it with: aiia logs ${run.number} --follow`)
}

const listRuns = async (context: Context, { connector, status, limit }: RunsOptions): Promise<number> => {
  type Node = {
    number: number
    status: string
    trigger: string
    requestedBy: string | null
    queuedAt: string
    durationMs: number | null
    connector: { name: string }
    counts: { read: number; ingested: number }
    failure: { code: string } | null
  }
  const connectorIds = connector === undefined ? null : [(await findConnector(context.client, connector)).id]
  const { jobRuns } = await context.client.request<{ jobRuns: { nodes: Node[] } }>(
    `query ($first: Int, $filter: JobRunFilter) { jobRuns(first: $first, filter: $filter) { nodes {
      id number status trigger requestedBy queuedAt durationMs connector { name } counts { read ingested } failure { code } } } }`,
    { first: limit, filter: { connectorIds, statuses: status ?? null } },
  )
  const rows = jobRuns.nodes.map((run) => [
    `#${run.number}`,
    run.status,
    run.connector.name,
    run.trigger,
    number(run.counts.ingested || run.counts.read),
    run.durationMs === null ? '' : duration(run.durationMs),
    time(run.queuedAt),
    run.failure?.code ?? '',
  ])
  const text =
    rows.length === 0
      ? 'No runs.'
      : table(['RUN', 'STATUS', 'CONNECTOR', 'TRIGGER', 'RECORDS', 'DURATION', 'QUEUED (UTC)', 'FAILURE'], rows, ['RECORDS', 'DURATION'])
  return print(context, jobRuns.nodes, text)
}

const pageOfLines = 1_000

const printLogs = async (context: Context, run: number, { follow, level }: LogsOptions): Promise<number> => {
  const { id } = await findRun(context.client, run)
  if (follow) return followLog(context.client, id, context.out)
  for (let afterSeq = 0; ; ) {
    const { jobRun } = await context.client.request<{ jobRun: { logs: { lines: { seq: number; text: string }[]; hasMore: boolean } } }>(
      `query ($id: ID!, $afterSeq: Int, $first: Int, $levels: [LogLevel!]) {
        jobRun(id: $id) { logs(afterSeq: $afterSeq, first: $first, levels: $levels) { lines { seq at level message text } hasMore } } }`,
      { id, afterSeq, first: pageOfLines, levels: level ?? null },
    )
    const { lines, hasMore } = jobRun.logs
    for (const line of lines) context.out.write(`${context.json ? JSON.stringify(line) : line.text}\n`)
    afterSeq = lines.at(-1)?.seq ?? afterSeq
    if (!hasMore || lines.length === 0) return exitCodes.ok
  }
}

/** As it comes, however large. */
const printRejected = async ({ client, out }: Context, run: number, format: string): Promise<number> => {
  await pipeline(Readable.from(client.download(`/rejected-rows/${run}.${format}`)), out, { end: false })
  return exitCodes.ok
}

type RunMutation = 'cancelJobRun' | 'retryJobRun' | 'replayRejectedRows'

const changeRun = async (context: Context, run: number, mutation: RunMutation, follow?: boolean): Promise<number> => {
  const { id } = await findRun(context.client, run)
  const answer = await context.client.request<Record<string, { id: string; number: number; status: JobRunStatus } | undefined>>(
    `mutation ($id: ID!) { ${mutation}(${mutation === 'replayRejectedRows' ? 'jobRunId' : 'id'}: $id) { id number status } }`,
    { id },
  )
  const changed = answer[mutation]
  if (changed === undefined) throw new RefusedError('INTERNAL', `The API did not answer ${mutation}.`)
  if (follow) return followRun(context.client, changed.id, context.out)
  return print(context, changed, `Run #${changed.number} is ${changed.status}.`)
}

const testConnection = async (context: Context, name: string): Promise<number> => {
  type Test = {
    ok: boolean
    latencyMs: number | null
    serverVersion: string | null
    warnings: string[]
    failure: { code: string; message: string; rootCause: string; resolution: string } | null
  }
  const { id } = await findConnector(context.client, name)
  const { testConnection: test } = await context.client.request<{ testConnection: Test }>(
    'mutation ($id: ID!) { testConnection(id: $id) { ok latencyMs serverVersion warnings failure { code message rootCause resolution } } }',
    { id },
  )
  const text =
    test.failure === null
      ? [`Connected in ${test.latencyMs} ms: ${test.serverVersion}`, ...test.warnings.map((warning) => `Warning: ${warning}`)].join('\n')
      : [
          `${test.failure.code}: ${test.failure.message}`,
          `Root cause: ${test.failure.rootCause}`,
          `What to do: ${test.failure.resolution}`,
        ].join('\n')
  print(context, test, text)
  return test.ok ? exitCodes.ok : exitCodes.failed
}

type Maintenance = { since: string; by: string; reason: string }
type SystemStatus = { maintenance: Maintenance | null; busySlots: number; queueDepth: number }
const systemFields = 'maintenance { since by reason } busySlots queueDepth'

const pause = async (context: Context, reason: string | undefined): Promise<number> => {
  const { pausePlatform: system } = await context.client.request<{ pausePlatform: SystemStatus }>(
    `mutation ($reason: String) { pausePlatform(reason: $reason) { ${systemFields} } }`,
    { reason: reason ?? null },
  )
  return print(context, system, `The platform is paused. Runs under way: ${system.busySlots}. End it with: aiia resume`)
}

const resume = async (context: Context): Promise<number> => {
  const { resumePlatform: system } = await context.client.request<{ resumePlatform: SystemStatus }>(
    `mutation { resumePlatform { ${systemFields} } }`,
  )
  return print(context, system, `The platform works. Runs that waited: ${system.queueDepth}.`)
}

type Channel = {
  id: string
  name: string
  kind: string
  target: string
  events: string[]
  enabled: boolean
  waiting: number
  lastSettled: { state: string; outcome: string | null; settledAt: string | null } | null
}

const readChannels = async ({ client }: Context): Promise<Channel[]> =>
  (
    await client.request<{ notificationChannels: Channel[] }>(
      '{ notificationChannels { id name kind target events enabled waiting lastSettled { state outcome settledAt } } }',
    )
  ).notificationChannels

const listChannels = async (context: Context): Promise<number> => {
  const channels = await readChannels(context)
  const rows = channels.map(({ name, kind, target, events, enabled, lastSettled }) => [
    name,
    kind,
    target,
    events.join(' '),
    enabled ? (lastSettled?.state ?? 'nothing sent') : 'paused',
    time(lastSettled?.settledAt ?? null),
  ])
  const text =
    rows.length === 0
      ? 'There are no channels yet. Add one in the console under Settings → Notifications.'
      : table(['NAME', 'KIND', 'TARGET', 'TELLS OF', 'LAST', 'AT (UTC)'], rows)
  return print(context, channels, text)
}

const testChannel = async (context: Context, name: string): Promise<number> => {
  const channel = (await readChannels(context)).find((known) => known.name.toLowerCase() === name.toLowerCase())
  if (channel === undefined) throw new RefusedError('NOT_FOUND', `There is no channel "${name}". See: aiia channels`)
  const { testNotificationChannel: test } = await context.client.request<{ testNotificationChannel: { ok: boolean; outcome: string } }>(
    'mutation ($id: ID!) { testNotificationChannel(id: $id) { ok outcome } }',
    { id: channel.id },
  )
  print(context, test, `${test.ok ? 'Taken' : 'Not taken'}: ${test.outcome}`)
  return test.ok ? exitCodes.ok : exitCodes.failed
}

const verifyAudit = async (context: Context): Promise<number> => {
  type Verification = { ok: boolean; entries: number; lastHash: string | null; brokenAt: number | null; problem: string | null }
  const { verifyAuditLog: verification } = await context.client.request<{ verifyAuditLog: Verification }>(
    '{ verifyAuditLog { ok entries lastHash brokenAt problem } }',
  )
  const { ok, entries, lastHash, problem } = verification
  const sound = `${number(entries)} ${entries === 1 ? 'entry is' : 'entries are'} as written, the last with the hash ${lastHash ?? 'of nothing'}`
  print(context, verification, ok ? `${sound}.` : `Broken: ${problem}\nBefore it, ${sound}.`)
  return ok ? exitCodes.ok : exitCodes.failed
}
