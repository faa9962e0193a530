import type { Page } from 'playwright-core'

/** Where a place of the shown image lies on the page. */
export async function placeOnPage(page: Page, [x, y]: readonly [number, number]): Promise<[number, number]> {
  const canvas = page.locator('canvas[data-shown="true"]').first()
  const box = await canvas.boundingBox()
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] =
    (await canvas.getAttribute('data-view'))?.split(' ').map(Number) ?? []
  if (!box) throw new Error('there is no image on the page')
  return [box.x + a * x + c * y + e, box.y + b * x + d * y + f]
}
