/** What axe finds against WCAG 2.2 AA on the page as it stands. */

import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What fades in is not yet read by anybody: half faded, it has too little contrast. What never ends, such as a spinner, is not waited for. */
const settled = (page: Page) =>
  page.waitForFunction(
    () =>
      document.querySelector('[data-starting-style], [data-ending-style]') === null &&
      document
        .getAnimations()
        .every(({ effect, playState }) => playState === 'finished' || effect?.getComputedTiming().endTime === Infinity),
  )

/** @param where told with what is found */
export const expectNoViolations = async (page: Page, where = ''): Promise<void> => {
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
  expect(violations.map(({ id, nodes }) => `${where} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([])
}
