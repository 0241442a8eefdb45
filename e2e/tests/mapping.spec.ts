import type { Locator, Page } from '@playwright/test'
import { createConnector, sync } from '../platform/source.ts'
import { expectNoViolations } from './accessibility.ts'
import { expect, heading, test } from './fixtures.ts'

const streamsTab = (page: Page) => page.getByRole('tab', { name: /^Streams & mapping/ })
const line = (page: Page, column: string) => page.getByRole('list', { name: 'Mapping' }).getByRole('listitem').filter({ hasText: column })

/** From the keyboard alone. */
const addTransform = async (page: Page, column: string, transform: string) => {
  await page.getByRole('button', { name: `Add a transform to ${column}` }).press('Enter')
  await page.getByRole('menuitem', { name: new RegExp(`^${transform}`) }).press('Enter')
}

const cells = (table: Locator, row: number) => table.getByRole('row').nth(row).getByRole('cell')

test('a mapping is edited with a preview beside it, saved and synced, and the destination is as it says', async ({
  page,
  platform,
  source,
  database,
}) => {
  test.slow()
  await source.query('CREATE TABLE ledger (id int PRIMARY KEY, account text, amount text, posted text, secret text)')
  await source.query(
    `INSERT INTO ledger SELECT i, '  acc-' || i || ' ', CASE i WHEN 3 THEN 'N/A' ELSE (i * 1000) || ',50' END, to_char(date '2026-01-01' + i, 'DD.MM.YYYY'), 'hidden' FROM generate_series(1, 30) i`,
  )
  const connector = await createConnector(platform, source, {
    name: 'Ledger',
    streams: [{ name: 'ledger', source: { table: 'public.ledger' } }],
  })
  await page.goto(`/admin/connectors/${connector}`)
  await streamsTab(page).click()
  await page.getByRole('button', { name: 'Edit ledger' }).click()
  await page.getByRole('button', { name: 'Edit the mapping' }).click()
  await expect(page.getByText('5 of 5 carried over')).toBeVisible()

  await page.getByRole('checkbox', { name: 'Carry over secret' }).click()
  await page.getByLabel('Destination of account').fill('account_number')
  await page.getByRole('button', { name: 'Details of account' }).click()
  await addTransform(page, 'account', 'Trim spaces')
  await addTransform(page, 'account', 'Upper case')
  await page.getByRole('button', { name: 'Move Upper case up' }).click()
  await expect(page.getByRole('list', { name: 'Transforms of account' }).getByRole('listitem').first()).toContainText('Upper case')
  await page.getByRole('button', { name: 'Details of account' }).click()
  await page.getByLabel('Type of posted').fill('date')
  await page.getByRole('button', { name: 'Details of posted' }).click()
  await addTransform(page, 'posted', 'Date format')
  await page.getByRole('button', { name: 'Details of posted' }).click()
  await page.getByLabel('Type of amount').fill('numeric(15,2)')
  await page.getByRole('button', { name: 'Details of amount' }).click()
  await addTransform(page, 'amount', 'Decimal comma')
  await page.getByRole('button', { name: 'Add a constant' }).click()
  await page.getByLabel('Destination of constant').fill('client')
  await page.getByLabel('Constant', { exact: true }).fill('100')

  // "N/A" is no number: the preview says so, at its row and its cell.
  await page.getByRole('button', { name: 'Preview 20 rows' }).click()
  await expect(page.getByText('20 rows, 1 rejected')).toBeVisible()
  const [before, after] = [page.getByRole('table', { name: 'At the source' }), page.getByRole('table', { name: 'In the destination' })]
  await expect(cells(before, 3).nth(2)).toContainText('N/A (rejected)')
  await expect(cells(after, 3)).toContainText(/rejected amount The value is not a number/)
  await expect(cells(after, 1)).toHaveText(['1', 'ACC-1', '1000.50', '2026-01-02', '100'])
  await expectNoViolations(page)

  await addTransform(page, 'amount', 'Texts for no value')
  await page.getByRole('button', { name: 'Move Texts for no value up' }).click()
  await expect(page.getByText('changed since')).toBeVisible()
  await page.getByRole('button', { name: 'Preview 20 rows' }).click()
  await expect(page.getByText('20 rows', { exact: true })).toBeVisible()
  await expect(cells(after, 3).nth(2)).toHaveText('null')
  await page.getByRole('button', { name: 'Save the stream' }).click()
  await expect(page.getByText('Ledger is saved')).toBeVisible()
  await expect(page.getByRole('row', { name: /ledger/ })).toContainText('5 fields')

  await page.getByRole('button', { name: 'Sync Now' }).click()
  await expect(heading(page)).toContainText('Completed', { timeout: 30_000 })
  const rows = await database.query('SELECT id, account_number, amount, posted::text, client FROM destination.ledger ORDER BY id LIMIT 3')
  expect(rows).toEqual([
    { id: 1, account_number: 'ACC-1', amount: '1000.50', posted: '2026-01-02', client: '100' },
    { id: 2, account_number: 'ACC-2', amount: '2000.50', posted: '2026-01-03', client: '100' },
    { id: 3, account_number: 'ACC-3', amount: null, posted: '2026-01-04', client: '100' },
  ])
  const columns = await database.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'destination' AND table_name = 'ledger' AND column_name NOT LIKE '\\_%'`,
  )
  expect(columns.map(({ name }) => name).toSorted()).toEqual(['account_number', 'amount', 'client', 'id', 'posted'])
})

test('what is wrong with a stream is told at its field, here and by the API', async ({ page, platform, source }) => {
  await source.query('CREATE TABLE wrongs (id int PRIMARY KEY, name text, changed_at timestamptz)')
  const connector = await createConnector(platform, source, {
    name: 'Wrongs',
    streams: [{ name: 'wrongs', source: { table: 'public.wrongs' } }],
  })
  await page.goto(`/admin/connectors/${connector}?tab=streams&stream=wrongs`)
  await page.getByRole('button', { name: 'Edit the mapping' }).click()
  await page.getByLabel('Destination of name').fill('id')
  await page.getByLabel('Reject limit').fill('many')
  await page.getByRole('button', { name: 'Save the stream' }).click()
  await expect(line(page, 'name')).toContainText('Another field fills “id” already.')
  await expect(page.getByLabel('Reject limit')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('2 fields are marked above.')).toBeVisible()

  await page.getByLabel('Reject limit').fill('0')
  await page.getByLabel('Destination of name').fill('name')
  await page.getByLabel('Type of name').fill('strange')
  await page.getByRole('radio', { name: 'Incremental' }).click()
  await page.getByRole('button', { name: 'Save the stream' }).click()
  await expect(line(page, 'name')).toContainText('"strange" is no type that a column can have')
  await page.getByLabel('Type of name').fill('')
  await page.getByRole('combobox', { name: 'Cursor field' }).click()
  await page.getByRole('option', { name: 'changed_at' }).click()
  await page.getByRole('button', { name: 'Save the stream' }).click()
  await expect(page.getByRole('row', { name: /wrongs/ })).toContainText('Incremental')
})

test('a run with rejected rows shows and gives them, and replays them once the mapping fits', async ({
  page,
  platform,
  source,
  database,
}) => {
  test.slow()
  await source.query('CREATE TABLE readings (id int PRIMARY KEY, value text, note text)')
  await source.query(
    `INSERT INTO readings SELECT i, i || CASE WHEN i % 10 = 0 THEN ',5' ELSE '.5' END, 'note ' || i FROM generate_series(1, 50) i`,
  )
  const readings = {
    name: 'readings',
    source: { table: 'public.readings' },
    rejectLimit: 10,
    fields: [{ source: 'id' }, { source: 'value', type: 'numeric(10,1)' }, { source: 'note' }],
  }
  const connector = await createConnector(platform, source, { name: 'Readings', streams: [readings] })
  const { number, status } = await sync(platform, connector)
  expect(status).toBe('COMPLETED')
  await page.goto(`/admin/runs/${number}`)
  const rejected = page.getByRole('table', { name: 'Rejected rows' })
  await expect(rejected.getByRole('row')).toHaveCount(6)
  await expect(rejected.getByRole('row').nth(1)).toContainText(/readings\s*10\s*10\s*value\s*10,5/)
  await page.getByRole('button', { name: 'Whole row 10 of readings' }).press('Enter')
  await expect(rejected).toContainText('note 10')
  await expectNoViolations(page)
  for (const [extension, text] of [
    ['CSV', 'stream,position,place,key,column,rawValue,rule,row'],
    ['JSONL', '"rawValue":"10,5"'],
  ] as const) {
    const link = page.getByRole('link', { name: `Download as ${extension}` })
    const answer = await page.request.get((await link.getAttribute('href')) ?? '')
    expect(answer.status()).toBe(200)
    expect(await answer.text()).toContain(text)
  }

  await page.getByRole('link', { name: 'Readings' }).click()
  await streamsTab(page).click()
  await page.getByRole('button', { name: 'Edit readings' }).click()
  await page.getByRole('button', { name: 'Details of value' }).click()
  await addTransform(page, 'value', 'Decimal comma')
  await page.getByRole('button', { name: 'Save the stream' }).click()
  await expect(page.getByText('Readings is saved')).toBeVisible()

  await page.goto(`/admin/runs/${number}`)
  await page.getByRole('button', { name: 'Replay' }).click()
  const question = page.getByRole('dialog', { name: `Replay the rejected rows of run #${number}?` })
  await expect(question).toContainText('Nothing is read from Readings')
  await question.getByRole('button', { name: 'Replay the rows' }).click()
  await expect(page).not.toHaveURL(new RegExp(`/${number}$`))
  await expect(heading(page)).toContainText('Completed', { timeout: 30_000 })
  await expect(page.getByTestId('records')).toHaveText('5')
  const [found] = await database.query('SELECT count(*)::int AS rows, sum(value)::text AS sum FROM destination.readings')
  expect(found).toEqual({ rows: 50, sum: '1300.0' })
})
