import { expect, it } from 'vitest'
import { opposite } from './act-on-images.ts'
import { deedsFor } from './image-deeds.ts'

const image = (state: 'TO_LABEL' | 'NORMAL' | 'FROZEN' | 'DELETED', annotatedAt: string | null = null) => ({
  state,
  annotatedAt,
})

it('offers what fits the state of at least one image', () => {
  expect(deedsFor([image('NORMAL')])).toEqual(['prelabel', 'freeze', 'delete'])
  expect(deedsFor([image('NORMAL', 'now')])).toEqual(['freeze', 'delete'])
  expect(deedsFor([image('FROZEN')])).toEqual(['unfreeze'])
  expect(deedsFor([image('FROZEN'), image('TO_LABEL', 'now')])).toEqual(['freeze', 'unfreeze', 'delete'])
  expect(deedsFor([image('DELETED')])).toEqual(['restore', 'purge'])
  expect(deedsFor([])).toEqual([])
})

it('knows what takes a deed back', () => {
  expect(opposite({ action: 'delete' })).toEqual({ action: 'restore' })
  expect(opposite({ action: 'share', userId: 'x' })).toEqual({ action: 'unshare', userId: 'x' })
  expect(opposite({ action: 'purge' })).toBeNull()
})
