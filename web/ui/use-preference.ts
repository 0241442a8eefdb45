'use client'
/** What a person chose about how the console looks or acts, kept in this browser. */

import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const storageKey = (name: string) => `aiia.${name}`

/** The first of `values` is the default, and what the server renders. */
export const readPreference = <T extends string>(name: string, values: readonly [T, ...T[]]): T => {
  const stored = window.localStorage.getItem(storageKey(name))
  return values.find((value) => value === stored) ?? values[0]
}

const writePreference = (name: string, value: string): void => {
  window.localStorage.setItem(storageKey(name), value)
  for (const listener of listeners) listener()
}

export const usePreference = <T extends string>(name: string, values: readonly [T, ...T[]]): [T, (value: T) => void] => {
  const value = useSyncExternalStore(
    subscribe,
    () => readPreference(name, values),
    () => values[0],
  )
  return [value, (next) => writePreference(name, next)]
}
