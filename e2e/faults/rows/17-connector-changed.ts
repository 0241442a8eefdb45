/** Row 17: a connector that is edited or deleted while its run is active. */

import { ApiError } from '@aiia/stack/platform/graphql'
import { freePort } from '@aiia/testkit/free-port'
import { catches } from '../caught.ts'
import { expectCompleted, untilNewAttempt } from '../recovery.ts'
import { expectThat, type Scenario } from '../scenario.ts'

const update = 'mutation ($id: ID!, $input: UpdateConnectorInput!) { updateConnector(id: $id, input: $input) { id } }'
const remove = 'mutation ($id: ID!) { deleteConnector(id: $id) }'

const edited: Scenario = {
  row: 17,
  fault: 'connector edited while its run is active',
  boundMs: 15_000,
  run: async (stage) => {
    const { connector } = stage.feed
    const { id, release } = await catches.extract(stage)
    const query = 'query ($id: ID!) { connector(id: $id) { settings } }'
    const { connector: before } = await stage.platform.graphql<{ connector: { settings: object } }>(query, { id: connector })
    const password = decodeURIComponent(stage.source.url.password)
    const edit = (settings: object) => stage.platform.graphql(update, { id: connector, input: { settings, credentials: { password } } })
    await edit({ ...before.settings, port: await freePort() })
    const started = performance.now()
    // Also a new attempt is of the connector as it was.
    await stage.platform.processes.worker.kill('SIGKILL')
    await release()
    await stage.platform.processes.worker.restart()
    const recoveryMs = await untilNewAttempt(stage, id, started)
    await expectCompleted(stage, id, 2)
    await edit(before.settings)
    return { recoveryMs }
  },
}

const deleted: Scenario = {
  row: 17,
  fault: 'connector deleted while its run is active',
  boundMs: 5_000,
  run: async (stage) => {
    const { connector } = stage.feed
    const { id, release } = await catches.extract(stage)
    const asked = performance.now()
    const refused = await stage.platform.graphql(remove, { id: connector }).catch((error: unknown) => error)
    expectThat(
      refused instanceof ApiError && refused.errors[0]?.extensions?.code === 'CONFLICT',
      `The delete was answered ${String(refused)}`,
    )
    const recoveryMs = performance.now() - asked
    await release()
    await expectCompleted(stage, id, 1)
    return { recoveryMs }
  },
}

export const connectorChanged: Scenario[] = [edited, deleted]
