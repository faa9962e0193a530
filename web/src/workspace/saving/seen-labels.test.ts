import type { LabelFile } from '@vesalius/contracts'
import { expect, it } from 'vitest'
import { SeenLabels } from './seen-labels.ts'

const label = (revision: number) => ({ label: { revision } as unknown as LabelFile, etag: `"${revision}"` })

it('finds the label an answer was begun on, also after newer ones came in', () => {
  const seen = new SeenLabels()
  seen.lay('a', label(1))
  seen.keep('a', label(2))
  expect(seen.under('a')?.etag).toBe('"1"')
  expect(seen.find('a', '"1"')).toEqual({ revision: 1 })
  expect(seen.find('a', '"2"')).toEqual({ revision: 2 })
  expect(seen.find('a', '"9"')).toBeNull()
})

it('keeps the label that lies under the answer, however many come in after it', () => {
  const seen = new SeenLabels()
  for (let revision = 1; revision < 9; revision += 1) {
    if (revision === 1) seen.lay('a', label(revision))
    else seen.keep('a', label(revision))
  }
  expect(seen.find('a', '"1"')).toEqual({ revision: 1 })
  expect(seen.find('a', '"2"')).toBeNull()
})

it('forgets what was seen longest ago, so that a day of images does not fill the memory', () => {
  const seen = new SeenLabels()
  for (let image = 0; image < 300; image += 1) seen.lay(String(image), label(1))
  expect(seen.under('0')).toBeNull()
  expect(seen.under('299')).not.toBeNull()
})
