/** A table that changes at random, beside what incremental syncs must have made of it. */

import type { Random } from '../faults/random.ts'
import type { Row } from './datasets.ts'

export type Entry = {
  id: number
  note: string | null
  amount: string
  /** When it was changed last, in milliseconds: the cursor, as a time and as a number; null: nobody knows. */
  changedAt: number | null
}

/** How far behind the last cursor the next sync begins. */
export const overlapSeconds = 5

const firstMoment = Date.UTC(2026, 0, 1)

/** The numbers of a cursor begin at 0. */
export const versionOf = ({ changedAt }: Entry): number | null => (changedAt === null ? null : changedAt - firstMoment)

const notes = [null, '', 'plain', 'Größe 😀', "it's", 'back\\slash', 'two\nlines']

export type ChangingTable = {
  /** What is at the source. */
  rows: ReadonlyMap<number, Entry>
  /** A round of inserts, updates and deletes, some of them late, some at the very same moment. */
  change(): { put: Entry[]; removed: number[] }
  /** Takes note of a sync. @returns what it must have found */
  synced(): { inserted: number; updated: number }
  /** What must have arrived: an incremental sync deletes nothing. */
  arrived(): Row[]
}

export const createChangingTable = (random: Random): ChangingTable => {
  const rows = new Map<number, Entry>()
  const arrived = new Map<number, Entry>()
  let [clock, lastSeen, lastId] = [firstMoment, firstMoment, 0]

  /** One in five was made before the last sync and committed behind it, one in twenty tells no time. */
  const moment = (): number | null => {
    if (random() < 0.05) return null
    if (random() < 0.2) return Math.ceil(random.between(Math.max(firstMoment, lastSeen - overlapSeconds * 1_000), lastSeen))
    clock += random.pick([0, 0, 1, 400, 3_000])
    return clock
  }
  const entry = (id: number): Entry => ({
    id,
    note: random.pick(notes),
    amount: (Math.round(random.between(-100_000, 100_000)) / 100 + 0).toFixed(2),
    changedAt: moment(),
  })
  const pickId = (): number => {
    const ids = [...rows.keys()]
    // At times one that was deleted comes back.
    if (ids.length === 0 || random() < 0.5) return random() < 0.8 ? lastId + 1 : Math.ceil(random.between(0, lastId + 1))
    return random.pick(ids)
  }
  return {
    rows,
    change: () => {
      const [put, removed] = [new Map<number, Entry>(), new Set<number>()]
      for (let left = Math.floor(random.between(0, 20)); left > 0; left -= 1) {
        const id = pickId()
        if (rows.has(id) && random() < 0.3) {
          rows.delete(id)
          put.delete(id)
          removed.add(id)
        } else {
          rows.set(id, entry(id))
          put.set(id, rows.get(id) as Entry)
          removed.delete(id)
        }
        lastId = Math.max(lastId, id)
      }
      return { put: [...put.values()], removed: [...removed] }
    },
    synced: () => {
      let [inserted, updated] = [0, 0]
      for (const row of rows.values()) {
        const before = arrived.get(row.id)
        if (before === undefined) inserted += 1
        else if (printed(before).some((text, at) => text !== printed(row)[at])) updated += 1
        arrived.set(row.id, row)
        lastSeen = Math.max(lastSeen, row.changedAt ?? 0)
      }
      return { inserted, updated }
    },
    arrived: () => [...arrived.values()].sort((one, other) => one.id - other.id).map(printed),
  }
}

/** As Postgres prints it. */
const printed = (entry: Entry): Row => {
  const { id, note, amount, changedAt } = entry
  const version = versionOf(entry)
  return [String(id), note, amount, changedAt === null ? null : printMoment(changedAt), version === null ? null : String(version)]
}

const printMoment = (moment: number): string =>
  `${new Date(moment)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '')}+00`
