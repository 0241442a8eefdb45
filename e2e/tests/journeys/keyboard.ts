/** Somebody without a mouse: goes by Tab, and at every stop it is checked that they see where they are. */

import { expect, type Locator, type Page } from '@playwright/test'

export type Keyboard = {
  press(key: string): Promise<void>
  type(text: string): Promise<void>
  /** Goes from stop to stop until this one has the focus. */
  tabTo(control: Locator): Promise<void>
  /** Goes to a field and writes over what is in it. */
  fill(field: Locator, text: string): Promise<void>
  /** Goes to a list that opens and takes an option of it. */
  choose(list: Locator, option: string): Promise<void>
}

/** A page with more stops than that on the way is not one to go through by keyboard. */
const mostStops = 60

/** What has the focus; `seen` says whether it is in view, uncovered, and marked as having it. */
const focusOf = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return { name: 'nothing', seen: false }
    const { left, top, right, bottom } = element.getBoundingClientRect()
    const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, window.innerHeight)) / 2]
    const front = document.elementFromPoint(x, y)
    const uncovered = front !== null && (element.contains(front) || front.contains(element))
    // A card is outlined in the place of the small control that it holds.
    const holders = [
      element,
      element.parentElement,
      element.parentElement?.parentElement,
      element.parentElement?.parentElement?.parentElement,
    ]
    const outlined = holders.some((holder) => {
      const style = holder && getComputedStyle(holder)
      return style && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0
    })
    // An entry of an open list is marked by its background.
    const highlighted = 'highlighted' in element.dataset && getComputedStyle(element).backgroundColor !== 'rgba(0, 0, 0, 0)'
    const name = `${element.tagName.toLowerCase()} "${element.getAttribute('aria-label') ?? element.innerText}"`
    return { name, seen: right > left && uncovered && (outlined || highlighted) }
  })

const expectSeen = (page: Page) => expect.poll(() => focusOf(page)).toMatchObject({ seen: true })

export const keyboardOf = (page: Page): Keyboard => {
  const press = (key: string) => page.keyboard.press(key)
  const hasFocus = (control: Locator) => control.evaluate((element) => element === document.activeElement)
  const tabTo = async (control: Locator) => {
    await expect(control).toBeVisible()
    for (let stops = 0; !(await hasFocus(control)); stops += 1) {
      expect(stops, `Tab does not lead to ${String(control)}`).toBeLessThan(mostStops)
      await press('Tab')
      await expectSeen(page)
    }
  }
  return {
    press,
    type: (text) => page.keyboard.type(text),
    tabTo,
    fill: async (field, text) => {
      await tabTo(field)
      await press('ControlOrMeta+a')
      await page.keyboard.type(text)
      await expect(field).toHaveValue(text)
    },
    choose: async (list, option) => {
      await tabTo(list)
      await press('Enter')
      await expect(page.getByRole('option', { name: option })).toBeVisible()
      await page.keyboard.type(option)
      await expect(page.getByRole('option', { name: option })).toBeFocused()
      await expectSeen(page)
      await press('Enter')
      await expect(list).toHaveText(option)
      // The list is closing; whoever goes on before it is gone would be lost with it.
      await expect(list).toBeFocused()
    },
  }
}
