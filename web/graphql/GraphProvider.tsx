'use client'
/** Hands the tab's GraphQL client to the screens, and their first answers to the client. */

import type { SSRData } from '@urql/core'
import { createContext, type ReactNode, useContext, useState } from 'react'
import { Provider } from 'urql'
import { loginPath } from '@/features/session/login-path.ts'
import { createGraph, type Graph } from './client.ts'

const GraphContext = createContext<Graph | null>(null)

const goToLogin = () => {
  const { pathname, search } = window.location
  if (pathname !== '/login') window.location.assign(loginPath(pathname + search))
}

export const GraphProvider = ({ children }: { children: ReactNode }) => {
  const [graph] = useState(() => createGraph(goToLogin))
  return (
    <GraphContext value={graph}>
      <Provider value={graph.client}>{children}</Provider>
    </GraphContext>
  )
}

export const useGraph = (): Graph => {
  const graph = useContext(GraphContext)
  if (graph === null) throw new Error('There is no GraphProvider above this component.')
  return graph
}

/** What the server asked while it rendered the page; taken in before the screen below asks for the same. */
export const Rendered = ({ data, children }: { data: SSRData; children: ReactNode }) => {
  const { rendered } = useGraph()
  const [taken, setTaken] = useState<SSRData | null>(null)
  if (taken !== data) {
    rendered.restoreData(data)
    setTaken(data)
  }
  return children
}
