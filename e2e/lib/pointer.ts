import type { Page } from 'playwright-core'
import { placeOnPage } from './pictures.ts'

export type Place = readonly [x: number, y: number]

/**
 * The pixel of the page nearest to a place of the image, and where in the image that pixel is: a mouse has no others.
 */
async function land(page: Page, place: Place): Promise<{ on: Place; at: Place }> {
  const [x, y] = await placeOnPage(page, place)
  const on: Place = [Math.round(x), Math.round(y)]
  const [left, top] = await placeOnPage(page, [0, 0])
  const [right, bottom] = await placeOnPage(page, [1, 1])
  return { on, at: [(on[0] - left) / (right - left), (on[1] - top) / (bottom - top)] }
}

/** Drags through places of an image that lies upright; answers where the pointer really was, in pixels of the image. */
export async function drag(page: Page, ...places: Place[]): Promise<Place[]> {
  const real: Place[] = []
  for (const [index, place] of places.entries()) {
    const { on, at } = await land(page, place)
    real.push(at)
    await page.mouse.move(...on, { steps: index === 0 ? 1 : 3 })
    if (index === 0) await page.mouse.down()
  }
  await page.mouse.up()
  return real
}

/** Clicks on places of an image that lies upright; answers where that really was. */
export async function click(page: Page, ...places: Place[]): Promise<Place[]> {
  const real: Place[] = []
  for (const place of places) {
    const { on, at } = await land(page, place)
    real.push(at)
    await page.mouse.click(...on)
  }
  return real
}
