/** A place in a database where sessions wait until a test lets them go on. */

import type { TestSource } from '../platform/source.ts'
import { until } from './until.ts'

export type Gate = {
  /** Resolves when a session stands before it. */
  reached(): Promise<unknown>
  open(): Promise<void>
}

const lockKey = 7_241_999

type Place = { install: string; remove: string }

/**
 * Triggers of `install` call `fault_gate()`, which waits while the gate is closed. The lock is let go on the way of the
 * session that made it, so that nothing is left of it when a try fails.
 */
export const closeGate = async (database: TestSource, { install, remove }: Place): Promise<Gate> => {
  const release = await database.holdLock(lockKey)
  await database.query(`
    CREATE OR REPLACE FUNCTION public.fault_gate() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(${lockKey}); RETURN NEW; END $$;
    CREATE OR REPLACE FUNCTION public.fault_event_gate() RETURNS event_trigger LANGUAGE plpgsql AS
      $$ BEGIN
        IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE object_identity LIKE 'destination_staging.%') THEN
          PERFORM pg_advisory_xact_lock_shared(${lockKey});
        END IF;
      END $$;
    ${install}`)
  return {
    reached: () =>
      until('A session at the gate', async () => {
        const waiting = await database.query(
          `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${lockKey} AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
        return waiting.length > 0 ? true : undefined
      }),
    open: async () => {
      await release()
      await database.query(remove)
    },
  }
}

const staged = "CREATE EVENT TRIGGER fault_stage ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION public.fault_event_gate()"

/** Where a run can be held by its databases. */
export const places = {
  /** While the rows of a first fill, all staged, get their key. */
  keyOfStaged: { install: staged, remove: 'DROP EVENT TRIGGER fault_stage' },
  /** While COMMIT is under way: the server commits whatever becomes of who asked for it. */
  commitOfDestination: {
    install: `CREATE CONSTRAINT TRIGGER fault_commit AFTER INSERT ON destination_staging.ledger DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION public.fault_gate()`,
    remove: 'DROP TRIGGER fault_commit ON destination_staging.ledger',
  },
  /** The records are committed, and the run is not yet COMPLETED. */
  statusAfterCommit: {
    install: `CREATE TRIGGER fault_status BEFORE UPDATE ON platform.job_runs FOR EACH ROW WHEN (NEW.status = 'COMPLETED')
      EXECUTE FUNCTION public.fault_gate()`,
    remove: 'DROP TRIGGER fault_status ON platform.job_runs',
  },
} as const satisfies Record<string, Place>
