import { describe, expect, it } from 'vitest'
import { fitView, panBy, zoomAt } from './view.ts'

const stage = { width: 800, height: 600 }
const image = { width: 1000, height: 500 }

describe('the view', () => {
  it('fits the whole image, centred', () => {
    const view = fitView(image, stage)
    expect(view.scale).toBeCloseTo(0.768)
    expect(view.x).toBeCloseTo(16)
    expect(fitView({ width: 20, height: 20 }, stage).scale).toBe(8)
  })

  it('keeps the point under the pointer when zooming', () => {
    const view = fitView(image, stage)
    const zoomed = zoomAt(view, 3, 300, 200)
    expect((300 - zoomed.x) / zoomed.scale).toBeCloseTo((300 - view.x) / view.scale)
    expect((200 - zoomed.y) / zoomed.scale).toBeCloseTo((200 - view.y) / view.scale)
  })

  it('never loses the image off the stage', () => {
    const view = panBy(fitView(image, stage), 5000, -5000, image, stage)
    expect(view.x).toBeLessThan(stage.width)
    expect(view.y + image.height * view.scale).toBeGreaterThan(0)
  })
})
