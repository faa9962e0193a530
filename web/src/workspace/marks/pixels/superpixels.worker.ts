import { findSuperpixels } from './superpixels.ts'

/** Finds superpixels apart from the page, which goes on being drawn. */
export interface SuperpixelRequest {
  data: Uint8ClampedArray
  width: number
  height: number
  side: number
}

addEventListener('message', ({ data: { side, ...picture } }: MessageEvent<SuperpixelRequest>) => {
  const part = { left: 0, top: 0, right: picture.width, bottom: picture.height }
  const { labels } = findSuperpixels(picture, part, side)
  postMessage(labels, { transfer: [labels.buffer] })
})
