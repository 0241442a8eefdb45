/** Above every page of whoever signs in with a password that somebody else has seen. */

import type { ReactNode } from 'react'

export const title = 'Your password was generated for you'
/** @param chooseOwn the link of that name */
export const hint = (chooseOwn: ReactNode) => <>Whoever made it has seen it. {chooseOwn}.</>
export const chooseOwn = 'Choose your own'
