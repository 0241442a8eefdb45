/** One line of a run's log, and its printed form `[2026-05-24 02:00:03] INFO: message`. */

export const logLevels = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const
export type LogLevel = (typeof logLevels)[number]

/** A line as it is written; the store gives it its `seq`. */
export type LogEntry = { at: Date; level: LogLevel; message: string }

/** A stored line: `seq` counts 1, 2, 3 … within its run, without a hole. */
export type LogLine = LogEntry & { seq: number }

/** Longer messages are cut: a source can put a megabyte into an error text. */
const longestMessage = 8_000

// C0 and C1 controls, DEL, and the bidirectional overrides that can make text read backwards.
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

const visible = (char: string): string => {
  if (char === '\n') return '\\n'
  if (char === '\r') return '\\r'
  if (char === '\t') return '\\t'
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Makes a message one safe line: control characters and escape codes are shown, not executed. */
export const toSingleLine = (message: string): string => {
  const line = message.replace(unsafe, visible).toWellFormed()
  return line.length <= longestMessage
    ? line
    : `${line.slice(0, longestMessage).toWellFormed()}… (${line.length - longestMessage} characters left out)`
}

/** Text of several lines as a database takes it: without NUL, and without halves of characters. */
export const toStorable = (text: string): string => text.replaceAll('\0', '\\u0000').toWellFormed()

/** Seconds in UTC, as the log prints them: `2026-05-24 02:00:03`. */
export const logTime = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ')

/** The whole line as printed. */
export const printLogLine = ({ at, level, message }: LogEntry): string => `[${logTime(at)}] ${level}: ${message}`
