'use client'
/** Reading that stays right: queries repeated when the connection returns, and its state for whoever shows it. */

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { type AnyVariables, type UseQueryArgs, type UseQueryResponse, useQuery } from 'urql'
import { useGraph } from './GraphProvider.tsx'
import type { ConnectionState } from './socket.ts'

const never = () => () => {}

export const useConnectionState = (): ConnectionState => {
  const { socket } = useGraph()
  return useSyncExternalStore(
    socket?.onState ?? never,
    () => socket?.state() ?? 'idle',
    () => 'idle',
  )
}

/** Calls back whenever the connection stands (again). */
const useConnected = (listener: () => void): void => {
  const { socket } = useGraph()
  const onConnected = useEffectEvent(listener)
  useEffect(() => socket?.onConnected(() => onConnected()), [socket])
}

/**
 * Shows what is known at once, asks behind it, and asks again after every connection: events fill in the rest. While the
 * platform does not answer, what was shown last stays.
 */
export const useLiveQuery = <Data, Variables extends AnyVariables>(
  args: UseQueryArgs<Variables, Data>,
): UseQueryResponse<Data, Variables> => {
  const response = useQuery<Data, Variables>({ requestPolicy: 'cache-and-network', ...args })
  const [{ data, ...state }, ask] = response
  useConnected(() => ask({ requestPolicy: 'network-only' }))
  const asked = JSON.stringify(args.variables)
  const [kept, setKept] = useState({ asked, data })
  // A question that the network lost is answered with null.
  if (data && (data !== kept.data || asked !== kept.asked)) setKept({ asked, data })
  const known = data ?? (kept.asked === asked ? kept.data : undefined)
  return [{ ...state, ...(known !== undefined && { data: known }) }, ask]
}

/** What was shown last stays until there is something newer, so that a list does not vanish while it is asked for anew. */
export const useKept = <Data>(data: Data | undefined): Data | undefined => {
  const [kept, setKept] = useState(data)
  if (data !== undefined && data !== kept) setKept(data)
  return data ?? kept
}
