import { expect, test } from 'vitest'
import { areaPath, linePath } from './paths.ts'

const stretch = (attempt: number, from: number, to: number, rowsPerSecond: number) => ({ attempt, from, to, rowsPerSecond, read: 0 })

test('the area steps from stretch to stretch, and attempts stand apart', () => {
  const stretches = [stretch(1, 0, 25, 50), stretch(1, 25, 50, 100), stretch(2, 75, 100, 10)]
  const scale = { from: 0, to: 100, top: 100 }
  expect(areaPath(stretches, scale)).toBe('M0.0,100V50.00H250.0V0.00H500.0V100ZM750.0,100V90.00H1000.0V100Z')
  expect(linePath(stretches, scale)).toBe('M0.0,50.00V50.00H250.0V0.00H500.0M750.0,90.00V90.00H1000.0')
})
