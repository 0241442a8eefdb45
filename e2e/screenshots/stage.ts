/** The platform with connectors of several kinds and runs in every status, all of it made through the API. */

import type { Platform } from '@aiia/testkit/platform'
import { type Run, sync, triggerSync, untilEnded } from '../platform/source.ts'
import type { Sources } from './sources.ts'

/** What the screens are photographed of, by what it shows. */
export type Stage = {
  connectors: Record<'sap' | 'desk' | 'treasury' | 'plant' | 'paused', string>
  /** Numbers of runs. */
  runs: Record<'completed' | 'rejecting' | 'mismatch' | 'failed' | 'cancelled' | 'running' | 'pending', number>
}

const create = async ({ graphql }: Platform, input: object): Promise<string> => {
  const { createConnector } = await graphql<{ createConnector: { id: string } }>(
    'mutation ($input: CreateConnectorInput!) { createConnector(input: $input) { id } }',
    { input },
  )
  return createConnector.id
}

const at = ({ hostname, port, pathname, username }: URL) => ({
  host: hostname,
  port: Number(port),
  database: pathname.slice(1),
  user: username,
  tls: 'disable',
})

const nightly = { cron: '0 2 * * *', timeZone: 'Europe/Berlin' }

const createConnectors = async (platform: Platform, { sap, treasury, plant, archive, purchasing, desk }: Sources) => {
  const ofTreasury = { kind: 'postgres', settings: at(treasury.url), credentials: { password: treasury.url.password } }
  const slowly = (seconds: number) => `SELECT position_id, portfolio, nominal FROM positions WHERE pg_sleep(${seconds}) IS NOT NULL`
  return {
    sap: await create(platform, {
      name: 'SAP ERP DB',
      kind: 'postgres',
      settings: at(sap.url),
      credentials: { password: sap.url.password },
      schedule: nightly,
      streams: [
        { name: 'lfa1', source: { table: 'public.lfa1' } },
        { name: 'csks', source: { table: 'public.csks' } },
        { name: 'bkpf', source: { table: 'public.bkpf' } },
        { name: 'bseg', source: { table: 'public.bseg' }, controlTotals: ['dmbtr', 'wrbtr'] },
      ],
    }),
    warehouse: await create(platform, {
      name: 'Legacy warehouse',
      kind: 'postgres',
      settings: { host: 'legacy-warehouse.invalid', port: 5432, database: 'warehouse', user: 'audit_read', tls: 'disable' },
      credentials: { password: 'not-used' },
      schedule: { cron: '30 */6 * * *' },
      limits: { maxAttempts: 1 },
      streams: [{ name: 'stock_movements', source: { table: 'public.stock_movements' } }],
    }),
    treasury: await create(platform, {
      name: 'Treasury positions',
      ...ofTreasury,
      schedule: { cron: '15 6 * * 1-5', timeZone: 'Europe/Berlin' },
      streams: [
        { name: 'positions', source: { table: 'public.positions' } },
        { name: 'counterparties', source: { table: 'public.counterparties' } },
      ],
    }),
    plant: await create(platform, {
      name: 'Plant sensors, Hamburg',
      kind: 'sftp',
      settings: { host: '127.0.0.1', port: plant.port, user: plant.user, hostKey: plant.hostKey },
      credentials: { password: plant.password },
      schedule: { cron: '5 * * * *' },
      streams: [
        {
          name: 'temperatures',
          source: { path: 'readings-2026-*.csv' },
          primaryKey: ['id'],
          rejectLimit: 100,
          fields: [
            { source: 'id', type: 'bigint' },
            { source: 'machine', transform: [{ kind: 'TRIM' }, { kind: 'UPPER' }] },
            { source: 'temperature', type: 'numeric(6,2)' },
            { source: 'measured_at', type: 'timestamptz' },
          ],
        },
      ],
    }),
    archive: await create(platform, {
      name: 'Invoice archive',
      kind: 's3',
      settings: { endpoint: archive.url, bucket: 'invoice-archive' },
      credentials: archive.credentials,
      streams: [{ name: 'invoices', source: { path: '2026/11/*.jsonl' }, primaryKey: ['id'] }],
    }),
    purchasing: await create(platform, {
      name: 'S/4HANA purchasing',
      kind: 'odata',
      settings: { serviceUrl: purchasing.v4, authentication: { kind: 'basic', user: purchasing.user } },
      credentials: { password: purchasing.password },
      schedule: { cron: '*/15 * * * *' },
      streams: [{ name: 'purchase_orders', source: { entitySet: 'PurchaseOrders' } }],
    }),
    desk: await create(platform, {
      name: 'Service desk',
      kind: 'http',
      settings: { baseUrl: desk.url },
      credentials: {},
      limits: { maxAttempts: 1 },
      schedule: { cron: '0 */2 * * *' },
      streams: [
        {
          name: 'tickets',
          source: { path: '/tickets', pagination: { style: 'offset', sizeParam: 'limit', size: 200 } },
          primaryKey: ['id'],
        },
      ],
    }),
    consolidation: await create(platform, {
      name: 'Group consolidation',
      ...ofTreasury,
      streams: [
        { name: 'entities', source: { table: 'public.entities' } },
        { name: 'consolidated_positions', source: { sql: slowly(0.5) }, primaryKey: ['position_id'] },
      ],
    }),
    market: await create(platform, {
      name: 'Market data feed',
      ...ofTreasury,
      streams: [{ name: 'prices', source: { sql: slowly(0.4) }, primaryKey: ['position_id'] }],
    }),
    risk: await create(platform, {
      name: 'Risk limits',
      ...ofTreasury,
      schedule: nightly,
      streams: [{ name: 'limits', source: { table: 'public.entities' } }],
    }),
    paused: await create(platform, {
      name: 'HR master data',
      kind: 'mysql',
      settings: { host: 'hr-db.example.com', port: 3306, database: 'hr', user: 'audit_read' },
      credentials: { password: 'not-used' },
      enabled: false,
      schedule: { cron: '0 4 * * 0', timeZone: 'Europe/Berlin' },
      streams: [{ name: 'employees', source: { table: 'hr.employees' } }],
    }),
    hana: await create(platform, {
      name: 'Finance ledger on HANA',
      kind: 'hana',
      settings: { host: 'hana.example.com', port: 30_015, user: 'AUDIT_READ' },
      credentials: { password: 'not-used' },
      streams: [{ name: 'acdoca', source: { table: 'SAPABAP1.ACDOCA' } }],
    }),
  }
}

/** A dozen runs, one of which the source refuses. */
const syncServiceDesk = async (platform: Platform, { desk }: Sources, connector: string): Promise<void> => {
  for (let day = 0; day < 12; day += 1) {
    desk.open(300 + day * 25)
    if (day === 7) desk.fail()
    await sync(platform, connector)
    if (day === 7) desk.heal()
  }
}

/** Everything again, with rows that are new, changed and gone at the source. */
const syncSapTwice = async (platform: Platform, { sap }: Sources, connector: string): Promise<Run> => {
  await sync(platform, connector)
  await sap.query(`UPDATE lfa1 SET ort01 = 'Bremen', pstlz = '28195' WHERE lifnr::bigint % 17 = 0;
    DELETE FROM csks WHERE kostl::bigint % 130 = 0;
    UPDATE bseg SET sgtxt = sgtxt || ' (corrected)' WHERE belnr::bigint % 25 = 0;
    INSERT INTO lfa1 SELECT mandt, lpad((lifnr::bigint + 700000)::text, 10, '0'), name1, land1, ort01, pstlz, stras, stceg, ktokk, zterm, sperr, erdat, ernam, bank FROM lfa1 WHERE lifnr::bigint % 23 = 0`)
  return sync(platform, connector)
}

const syncTreasuryAfterChange = async (platform: Platform, { treasury }: Sources, connector: string): Promise<Run> => {
  await sync(platform, connector)
  await treasury.query(`ALTER TABLE counterparties RENAME legal_name TO registered_name; ALTER TABLE counterparties ADD lei text;
    ALTER TABLE counterparties ALTER country TYPE varchar(2)`)
  return sync(platform, connector)
}

const numberOf = async ({ graphql }: Platform, id: string): Promise<number> => {
  const { jobRun } = await graphql<{ jobRun: { number: number } }>('query ($id: ID!) { jobRun(id: $id) { number } }', { id })
  return jobRun.number
}

const untilRead = async (platform: Platform, id: string): Promise<void> => {
  const events = platform.subscribe<{ jobRunUpdated: Run }>(
    'subscription ($id: ID!) { jobRunUpdated(id: $id) { status counts { read } } }',
    { id },
  )
  for await (const { jobRunUpdated: run } of events) if (run.counts.read > 0 || run.status === 'FAILED' || run.status === 'ERROR') return
}

const cancel = async (platform: Platform, connector: string): Promise<Run> => {
  const id = await triggerSync(platform, connector)
  await untilRead(platform, id)
  await platform.graphql('mutation ($id: ID!) { cancelJobRun(id: $id) { status } }', { id })
  return untilEnded(platform, id)
}

const letPeopleIn = async ({ graphql }: Platform): Promise<void> => {
  const people = [
    { name: 'Mara Keller', email: 'mara.keller@example.com', role: 'ADMINISTRATOR' },
    { name: 'Jonas Novak', email: 'jonas.novak@example.com', role: 'OPERATOR' },
    { name: 'Sofia Winter', email: 'sofia.winter@example.com', role: 'VIEWER' },
    { name: 'Tomas Okada', email: 'tomas.okada@example.com', role: 'VIEWER' },
  ]
  const ids: string[] = []
  for (const input of people) {
    const { createPerson } = await graphql<{ createPerson: { person: { id: string } } }>(
      'mutation ($input: CreatePersonInput!) { createPerson(input: $input) { person { id } } }',
      { input },
    )
    ids.push(createPerson.person.id)
  }
  await graphql('mutation ($id: ID!) { deactivatePerson(id: $id) { id } }', { id: ids.at(-1) })
}

const monthMs = 30 * 86_400_000

const makeTokens = async ({ graphql }: Platform): Promise<void> => {
  const tokens = [
    { name: 'Nightly export', role: 'VIEWER' },
    { name: 'Orchestration', role: 'OPERATOR', expiresAt: new Date(Date.now() + monthMs).toISOString() },
    { name: 'Migration (done)', role: 'ADMINISTRATOR' },
  ]
  const ids: string[] = []
  for (const input of tokens) {
    const { createApiToken } = await graphql<{ createApiToken: { apiToken: { id: string } } }>(
      'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { apiToken { id } } }',
      { input },
    )
    ids.push(createApiToken.apiToken.id)
  }
  await graphql('mutation ($id: ID!) { revokeApiToken(id: $id) { id } }', { id: ids.at(-1) })
}

/** One is told of what happens here, though its address does not answer; the other is paused. */
const openChannels = async ({ graphql }: Platform): Promise<void> => {
  const channels = [
    {
      name: 'Audit on call',
      kind: 'SLACK',
      url: 'https://hooks.example.invalid/services/T01/B02',
      events: ['RUN_FAILED', 'RUN_RECOVERED'],
    },
    { name: 'Ticket system', kind: 'WEBHOOK', url: 'https://tickets.example.invalid/hooks', events: ['RUN_FAILED'], enabled: false },
  ]
  for (const input of channels)
    await graphql('mutation ($input: CreateNotificationChannelInput!) { createNotificationChannel(input: $input) { id } }', { input })
}

export const setStage = async (platform: Platform, sources: Sources): Promise<Stage> => {
  await letPeopleIn(platform)
  await makeTokens(platform)
  await openChannels(platform)
  const connectors = await createConnectors(platform, sources)
  await syncServiceDesk(platform, sources, connectors.desk)
  const completed = await syncSapTwice(platform, sources, connectors.sap)
  const cancelled = await cancel(platform, connectors.consolidation)
  for (const id of [connectors.archive, connectors.purchasing, connectors.risk]) await sync(platform, id)
  const failed = await sync(platform, connectors.warehouse)
  const mismatch = await syncTreasuryAfterChange(platform, sources, connectors.treasury)
  const rejecting = await sync(platform, connectors.plant)
  // The worker has two slots: these two take them, and the third waits.
  const running = await triggerSync(platform, connectors.consolidation)
  await untilRead(platform, running)
  await untilRead(platform, await triggerSync(platform, connectors.market))
  const pending = await triggerSync(platform, connectors.risk)
  return {
    connectors,
    runs: {
      completed: completed.number,
      rejecting: rejecting.number,
      mismatch: mismatch.number,
      failed: failed.number,
      cancelled: cancelled.number,
      running: await numberOf(platform, running),
      pending: await numberOf(platform, pending),
    },
  }
}
