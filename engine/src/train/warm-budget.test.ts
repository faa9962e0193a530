import { expect, it } from 'vitest'
import { budgetShare, fingerprintItems, shareOfNews } from './warm-budget.ts'

const items = Array.from({ length: 100 }, (_, index) => ({ imageId: `image ${index}`, value: index % 3 }))

it('new and changed annotations count as news, known ones do not', () => {
  const fingerprint = fingerprintItems(items.slice(0, 90))
  expect(shareOfNews(items.slice(0, 90), fingerprint)).toBe(0)
  expect(shareOfNews(items, fingerprint)).toBe(0.1)
  const corrected = items.slice(0, 90).map((item, index) => (index < 9 ? { ...item, value: 5 } : item))
  expect(shareOfNews(corrected, fingerprint)).toBe(0.1)
})

it('little news deserves a small part of the budget, much news all of it', () => {
  expect(budgetShare(0)).toBe(0.1)
  expect(budgetShare(0.1)).toBeCloseTo(0.3, 12)
  expect(budgetShare(0.5)).toBe(1)
})
