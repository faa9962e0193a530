import { expect, it, vi } from 'vitest'
import { LiveGesture } from './live-gesture.ts'
import { startPaint } from './mask-gesture.ts'

const size = { width: 20, height: 20 }
const dab = (x: number) => ({ x, y: 5, radius: 2 })

it('paints each move of a brush and renders the page at its begin and its end only', () => {
  const live = new LiveGesture()
  const [render, paint] = [vi.fn(), vi.fn()]
  live.subscribe(render)
  live.onPaint(paint)
  const trail = (x: number) => ({ gesture: startPaint('add', dab(x), size), past: [], future: [] })
  live.set({ ...live.with('brush'), hover: dab(1) })
  render.mockClear()
  for (let x = 1; x < 9; x += 1) live.set({ tool: 'brush', hover: dab(x), trail: trail(x) })
  expect(render).toHaveBeenCalledTimes(1)
  expect(paint).toHaveBeenCalledTimes(9)
  expect(live.getSeen().kind).toBe('paint')
  live.set({ ...live.with('brush'), trail: { gesture: null, past: [], future: [] } })
  expect(render).toHaveBeenCalledTimes(2)
})

it('ends with its tool what was begun with it', () => {
  const live = new LiveGesture()
  live.set({ tool: 'brush', hover: null, trail: { gesture: startPaint('add', dab(1), size), past: [], future: [] } })
  expect(live.with('brush').trail.gesture).not.toBeNull()
  expect(live.with('polygon').trail.gesture).toBeNull()
})
