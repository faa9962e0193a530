// @vitest-environment jsdom
import { renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { useLate } from './use-late.ts'

const PARTS = ['desk'] as const

it('hands out functions that act on what is newest, also those that were handed out before', () => {
  const given = (count: number) => ({ count, tell: () => count, desk: { count, tell: () => count } })
  const { result, rerender } = renderHook(({ count }) => useLate(given(count), PARTS, true), {
    initialProps: { count: 1 },
  })
  const first = result.current
  rerender({ count: 2 })
  expect(result.current.desk.count).toBe(2)
  expect([first.tell(), first.desk.tell()]).toEqual([2, 2])
})
