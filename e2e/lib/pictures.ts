import type { Page } from 'playwright-core'

export { placeOnPage } from '@vesalius/bench/place-on-page'

export interface Picture {
  name: string
  mimeType: string
  buffer: Buffer
}

/** PNG pictures of a disc each, drawn by the browser; no two are equal. */
export async function drawPictures(page: Page, count: number): Promise<Picture[]> {
  const encoded = await page.evaluate((wanted) => {
    return Array.from({ length: wanted }, (_, index) => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 64
      const pen = canvas.getContext('2d')
      if (pen) {
        pen.fillStyle = `hsl(${index * 40} 60% 50%)`
        pen.arc(32, 32, 12 + index, 0, 7)
        pen.fill()
      }
      return canvas.toDataURL('image/png').split(',')[1] ?? ''
    })
  }, count)
  return encoded.map((text, index) => ({
    name: `disc-${index + 1}.png`,
    mimeType: 'image/png',
    buffer: Buffer.from(text, 'base64'),
  }))
}

/** Waits until every picture on the page has been drawn. */
export async function waitForPictures(page: Page): Promise<void> {
  await page.locator('img, canvas[data-shown="true"]').first().waitFor()
  await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
}
