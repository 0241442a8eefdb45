import { expect, test } from 'vitest'
import { run, titleTemplate } from '@/texts/pages.ts'
import { documentTitle } from '@/texts/run.tsx'

test('the page of a run gives itself the title that the server gave it', () => {
  expect(documentTitle(12)).toBe(titleTemplate.replace('%s', run('12')))
})
