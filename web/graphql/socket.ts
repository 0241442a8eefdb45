/** The tab's one WebSocket: all subscriptions share it, and it comes back by itself whatever happened to it. */

import { type Client, createClient } from 'graphql-ws'

/** `lost` means that it was there, or should be, and is being tried for again. */
export type ConnectionState = 'idle' | 'connected' | 'lost'

export type Socket = {
  client: Client
  state(): ConnectionState
  onState(listener: () => void): () => void
  /** Called each time the connection stands, the first time included: what was missed before must be asked for. */
  onConnected(listener: () => void): () => void
}

const unauthenticated = [4401, 4403]
const longestWaitMs = 8_000
const pingMs = 6_000
/** A network that is cut tells nobody: so long may a handshake or a ping be without an answer. */
const longestSilenceMs = 8_000

const isCloseEvent = (event: unknown): event is CloseEvent => typeof event === 'object' && event !== null && 'code' in event

/** Doubles from a quarter of a second; ends early when the browser finds its network again. */
const waitToRetry = async (retries: number): Promise<void> => {
  const ceiling = Math.min(250 * 2 ** retries, longestWaitMs)
  const online = new AbortController()
  await Promise.race([
    new Promise((resolve) => setTimeout(resolve, ceiling / 2 + (Math.random() * ceiling) / 2)),
    new Promise((resolve) => window.addEventListener('online', resolve, { once: true, signal: online.signal })),
  ])
  online.abort()
}

export const createSocket = (onUnauthenticated: () => void): Socket => {
  let state: ConnectionState = 'idle'
  const stateListeners = new Set<() => void>()
  const connectedListeners = new Set<() => void>()
  const become = (next: ConnectionState) => {
    if (next === state) return
    state = next
    for (const listener of stateListeners) listener()
  }
  let silence: ReturnType<typeof setTimeout> | undefined
  const heard = () => clearTimeout(silence)
  const listenForAnswer = () => {
    heard()
    silence = setTimeout(() => client.terminate(), longestSilenceMs)
  }
  const client: Client = createClient({
    url: `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`,
    keepAlive: pingMs,
    lazyCloseTimeout: 60_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: waitToRetry,
    shouldRetry: (event) => !(isCloseEvent(event) && unauthenticated.includes(event.code)),
    on: {
      connecting: listenForAnswer,
      message: heard,
      ping: (received) => {
        if (!received) listenForAnswer()
      },
      connected: () => {
        become('connected')
        for (const listener of connectedListeners) listener()
      },
      closed: (event) => {
        heard()
        if (isCloseEvent(event) && unauthenticated.includes(event.code)) return onUnauthenticated()
        become(isCloseEvent(event) && event.code === 1000 ? 'idle' : 'lost')
      },
    },
  })
  // A page that is left closes its socket: that is no loss to tell anyone of.
  window.addEventListener('pagehide', () => stateListeners.clear())
  const listen = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return { client, state: () => state, onState: listen(stateListeners), onConnected: listen(connectedListeners) }
}
