/** What was started is stopped in the reverse order, also when the stop comes in the middle of the start. */

export type Teardown = {
  /** To be called right after something was started. */
  add(stop: () => void | Promise<void>): void
  /** Stops everything added so far; a failed step does not spare the others. Safe to repeat. */
  run(): Promise<void>
}

export const createTeardown = (report: (error: unknown) => void): Teardown => {
  const steps: (() => void | Promise<void>)[] = []
  return {
    add: (stop) => void steps.push(stop),
    run: async () => {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step()
        } catch (error) {
          report(error)
        }
      }
    },
  }
}
