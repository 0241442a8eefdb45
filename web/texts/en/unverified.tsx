/** The badge of a connector kind that nobody has tried against the real thing. */

import type { ReactNode } from 'react'

/** @param rest shows its words where there is room, and says them always */
export const unverified = (rest: (words: string) => ReactNode) => <>not verified{rest(' against a live server')}</>
