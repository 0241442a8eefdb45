/** A notification in words: a title, facts and a link, which each kind of channel sets in its own way. */

import { ingested, type RecordCounts } from '../job-run/counts.ts'
import { logTime, toSingleLine } from '../job-run/log-line.ts'
import type { Notification, RunFacts } from './notification.ts'

export type Message = {
  title: string
  /** In order. */
  facts: { label: string; text: string }[]
  link: { label: string; url: string }
}

/**
 * Names and failures come from outside: no text of them spans lines, or reads backwards.
 *
 * @param publicUrl the address that people type
 */
export const messageOf = (notification: Notification, publicUrl: string): Message => {
  const { title, facts, link } = inWords(notification, publicUrl)
  return { title: toSingleLine(title), facts: facts.map(({ label, text }) => ({ label, text: toSingleLine(text) })), link }
}

const inWords = (notification: Notification, publicUrl: string): Message => {
  const linkTo = (label: string, path: string) => ({ label, url: new URL(path, publicUrl).href })
  const toRun = (run: { number: number }) => linkTo(`Run #${run.number}`, `/admin/runs/${run.number}`)
  switch (notification.event) {
    case 'RUN_FAILED': {
      const { connector, run, failure } = notification
      return {
        title: `${connector.name}: run #${run.number} ended with ${run.status}`,
        facts: [
          { label: 'What happened', text: `${failure.message} (${failure.code})` },
          { label: 'Root cause', text: failure.rootCause },
          { label: 'What to do', text: failure.resolution },
          ...factsOf(run),
        ],
        link: toRun(run),
      }
    }
    case 'RUN_RECOVERED': {
      const { connector, run, failedRun } = notification
      return {
        title: `${connector.name}: run #${run.number} completed, after #${failedRun.number} had failed`,
        facts: factsOf(run),
        link: toRun(run),
      }
    }
    case 'SCHEDULE_MISSED': {
      const { connector, scheduledFor, reason, run } = notification
      const slot = `${logTime(new Date(scheduledFor))} UTC`
      return {
        title: run === null ? `${connector.name}: no run at ${slot}` : `${connector.name}: the run of ${slot} starts late`,
        facts: [{ label: 'Reason', text: reason }],
        link: run === null ? linkTo(connector.name, `/admin/connectors/${connector.id}`) : toRun(run),
      }
    }
    case 'TEST':
      return {
        title: `Test of the channel ${notification.channel.name}`,
        facts: [{ label: 'Asked for by', text: notification.by }],
        link: linkTo('Notifications', '/admin/settings/notifications'),
      }
  }
}

const factsOf = ({ counts, attempt, trigger, durationMs }: RunFacts): Message['facts'] => [
  { label: 'Records', text: countsInWords(counts) },
  { label: 'Run', text: `${trigger}, attempt ${attempt}${durationMs === null ? '' : `, ${(durationMs / 1_000).toFixed(1)} s`}` },
]

const countsInWords = (counts: RecordCounts): string => {
  const shown = (value: number) => value.toLocaleString('en-US')
  const parts = (['inserted', 'updated', 'unchanged', 'deleted', 'superseded', 'rejected'] as const)
    .filter((name) => counts[name] > 0)
    .map((name) => `${shown(counts[name])} ${name}`)
  return [`${shown(counts.read)} read`, `${shown(ingested(counts))} ingested`, ...parts].join(', ')
}
