'use client'
/** What can be done about a failure, where it is read: correct the cause, see whether it is over, run again. */

import { ArrowDownToLine, Gauge, PlugZap, RotateCcw, Server, SlidersHorizontal, Unplug } from 'lucide-react'
import { ConnectionTestResult } from '@/features/connectors/connection/ConnectionTestResult.tsx'
import { useConnectionTest } from '@/features/connectors/connection/use-connection-test.ts'
import { useMayActAs } from '@/features/session/use-role.ts'
import { messageOf } from '@/graphql/errors.ts'
import type { RunDetailFragment } from '@/graphql/generated/graphql.ts'
import * as runTexts from '@/texts/run.tsx'
import * as t from '@/texts/run-failure.tsx'
import { Button, ButtonLink } from '@/ui/Button.tsx'
import { toasts } from '@/ui/toasts.ts'
import { ApplyProposal } from './ApplyProposal.tsx'
import type { RunAgain } from './RunActions.tsx'
import { connectionPath, isOfPlatform, isTestable, limitRemedy, streamPath } from './remedies.ts'

type Failure = NonNullable<RunDetailFragment['failure']>
type Props = { run: RunDetailFragment; failure: Failure; again: RunAgain; onJumpToLog: () => void }

export const FailureActions = ({ run, failure, again, onJumpToLog }: Props) => {
  const { connector } = run
  const exists = connector.deletedAt === null
  const mayRun = useMayActAs('OPERATOR') && exists
  const mayEdit = useMayActAs('ADMINISTRATOR') && exists
  const test = useConnectionTest((error) => toasts.add({ title: t.connectionNotTested, description: messageOf(error), type: 'error' }))
  const applies = mayEdit && failure.proposal !== null
  return (
    <div className="mt-4 flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {applies && <ApplyProposal run={run} />}
        {mayRun && (
          <Button variant={applies ? 'secondary' : 'primary'} icon={RotateCcw} busy={again.busy} onClick={again.runAgain} data-sync>
            {runTexts.retry}
          </Button>
        )}
        {mayRun && isTestable(failure) && (
          <Button icon={PlugZap} busy={test.running} onClick={() => void test.run(connector.id, {})}>
            {t.testConnection}
          </Button>
        )}
        {mayEdit && <PlacesToCorrect run={run} failure={failure} />}
        {isOfPlatform(failure) && (
          <ButtonLink icon={Server} href="/admin/system">
            {t.lookAtPlatform}
          </ButtonLink>
        )}
        <Button icon={ArrowDownToLine} onClick={onJumpToLog}>
          {t.jumpToLog}
        </Button>
      </div>
      <ConnectionTestResult test={test} />
    </div>
  )
}

/** Where the cause can be corrected: the limit that was met, the connection, or what a stream reads and how. */
const PlacesToCorrect = ({ run: { status, connector }, failure }: Pick<Props, 'run' | 'failure'>) => {
  const limit = limitRemedy(connector.id, failure)
  const { stream, proposal } = failure
  return (
    <>
      {limit && (
        <ButtonLink icon={Gauge} href={limit.href}>
          {limit.label}
        </ButtonLink>
      )}
      {isTestable(failure) && (
        <ButtonLink icon={Unplug} href={connectionPath(connector.id)}>
          {t.editConnection}
        </ButtonLink>
      )}
      {status === 'ERROR' && stream !== null && proposal === null && (
        <ButtonLink icon={SlidersHorizontal} href={streamPath(connector.id, stream)}>
          {t.editStream}
        </ButtonLink>
      )}
    </>
  )
}
