const kept: { url: string; pixels: Promise<ImageData> | null } = { url: '', pixels: null }

/** Pixels of a picture as the browser shows it, `[row, column, 4]`, at the size given. The last one is kept. */
export function readPixels(url: string, { width, height }: { width: number; height: number }): Promise<ImageData> {
  if (kept.url === url && kept.pixels) return kept.pixels
  kept.url = url
  kept.pixels = load(url, width, height)
  kept.pixels.catch(() => {
    if (kept.url === url) kept.pixels = null
  })
  return kept.pixels
}

async function load(url: string, width: number, height: number): Promise<ImageData> {
  const picture = new Image()
  picture.src = url
  await picture.decode()
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser has no canvas')
  context.drawImage(picture, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}
