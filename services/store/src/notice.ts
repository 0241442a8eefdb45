/** What is told on the feed after a change of a run was committed. */

export type Notice = { id: string; connectorId: string; revision: number; lastLogSeq: number }

/** Columns for a RETURNING clause on `platform.job_runs r`. */
export const noticeColumns = `r.id, r.connector_id AS "connectorId", r.revision, r.last_log_seq AS "lastLogSeq"`
