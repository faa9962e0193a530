// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { reviewKey } from './review-key.ts'

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
})

it('decides by keys, but not while somebody types, composes or uses a key of the browser', () => {
  expect(reviewKey(press('A'), document.body)).toBe('accept')
  expect(reviewKey(press('x'), document.body)).toBe('reject')
  expect(reviewKey(press('ArrowRight'), document.body)).toBe('next')
  expect(reviewKey(press('a', { ctrlKey: true }), document.body)).toBeNull()
  expect(reviewKey(press('a', { isComposing: true }), document.body)).toBeNull()
  expect(reviewKey(press('a'), document.createElement('textarea'))).toBeNull()
})
