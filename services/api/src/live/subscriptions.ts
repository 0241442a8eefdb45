/** The open subscriptions of this process, by who opened them: counted, limited, and ended when their access ends. */

import { Repeater } from '@repeaterjs/repeater'
import { accessKey, type Viewer } from '../auth/viewer.ts'
import { rateLimited } from '../errors.ts'

export type Access = Pick<Viewer, 'kind' | 'accessId'>

export type Subscriptions = {
  /**
   * @param open is called when the first event is asked for
   * @throws RATE_LIMITED when the viewer has too many
   */
  start<T>(viewer: Viewer, open: () => Repeater<T>): Repeater<T>
  /** Whose subscriptions are open. */
  accesses(): Access[]
  /** Ends all subscriptions of one person's session or one token. */
  end(access: Access, error: Error): void
  count(): number
}

type Group = Access & { ends: Set<(error: Error) => void> }

export const createSubscriptions = ({ mostPerViewer }: { mostPerViewer: number }): Subscriptions => {
  const groups = new Map<string, Group>()
  return {
    start: (viewer, open) => {
      if ((groups.get(accessKey(viewer))?.ends.size ?? 0) >= mostPerViewer) {
        throw rateLimited(`${viewer.name} has ${mostPerViewer} subscriptions open already. Close some of them.`)
      }
      return new Repeater(async (push, stop) => {
        const release = register(groups, viewer, stop)
        const events = open()
        void stop.then(() => {
          release()
          return events.return()
        })
        for await (const event of events) await push(event)
        stop()
      })
    },
    accesses: () => [...groups.values()].map(({ kind, accessId }) => ({ kind, accessId })),
    end: (access, error) => {
      for (const end of groups.get(accessKey(access))?.ends ?? []) end(error)
    },
    count: () => [...groups.values()].reduce((sum, { ends }) => sum + ends.size, 0),
  }
}

const register = (groups: Map<string, Group>, { kind, accessId }: Viewer, end: (error: Error) => void): (() => void) => {
  const key = accessKey({ kind, accessId })
  const group = groups.get(key) ?? { kind, accessId, ends: new Set() }
  groups.set(key, group)
  group.ends.add(end)
  return () => {
    group.ends.delete(end)
    if (group.ends.size === 0) groups.delete(key)
  }
}
