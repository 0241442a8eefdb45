'use client'
/** Connectors whose sync was just asked for: they show Pending within the frame, before the API has answered. */

import { useSyncExternalStore } from 'react'

let requested: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

const change = (next: ReadonlySet<string>) => {
  requested = next
  for (const listener of listeners) listener()
}

/** Shows the connector as Pending until `answer` is there. */
export const whileRequested = async <T>(connectorId: string, answer: Promise<T>): Promise<T> => {
  change(new Set([...requested, connectorId]))
  try {
    return await answer
  } finally {
    change(new Set([...requested].filter((id) => id !== connectorId)))
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useIsRequested = (connectorId: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => requested.has(connectorId),
    () => false,
  )
