/** The charts of a connector's ended runs; loaded with their library. */

/** In place of a duration: the run ended before a worker took it. */
export const neverStarted = 'never started'
