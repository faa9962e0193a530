import { useEffect, useState } from 'react'
import type { Point } from '../region-shapes.ts'
import type { Part, Picture } from './picture.ts'
import type { Superpixels } from './superpixels.ts'
import type { SuperpixelRequest } from './superpixels.worker.ts'

/** Side of the part that is looked at once, so that a picture of any size costs the same. */
const TILE = 512
const MOST_KEPT = 24

/** The superpixels of the part of a picture where the pointer is, of about `side` pixels; null until they are found. */
export function useSuperpixels(picture: Picture | null, at: Point | null, side: number): Superpixels | null {
  const [kept, setKept] = useState<ReadonlyMap<string, { picture: Picture; patches: Superpixels }>>(new Map())
  const column = at ? Math.floor(at.x / TILE) : -1
  const row = at ? Math.floor(at.y / TILE) : -1
  const key = `${column} ${row} ${side}`
  const known = kept.get(key)
  const patches = known && known.picture === picture ? known.patches : null
  const isInside =
    picture !== null && column >= 0 && row >= 0 && column * TILE < picture.width && row * TILE < picture.height
  const isWanted = isInside && patches === null
  useEffect(() => {
    if (!isWanted || !picture) return
    const part = {
      ...{ left: column * TILE, top: row * TILE },
      ...{ right: Math.min(picture.width, (column + 1) * TILE), bottom: Math.min(picture.height, (row + 1) * TILE) },
    }
    const worker = new Worker(new URL('./superpixels.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data: labels }: MessageEvent<Int32Array>) => {
      const found = { picture, patches: { part, labels } }
      setKept((others) => new Map([...others, [key, found] as const].slice(-MOST_KEPT)))
      worker.terminate()
    }
    const request: SuperpixelRequest = { ...cut(picture, part), side }
    worker.postMessage(request, [request.data.buffer])
    return () => worker.terminate()
  }, [isWanted, picture, column, row, side, key])
  return patches
}

function cut({ data, width }: Picture, { left, top, right, bottom }: Part): Omit<SuperpixelRequest, 'side'> {
  const columns = right - left
  const part = new Uint8ClampedArray(4 * columns * (bottom - top))
  for (let row = top; row < bottom; row += 1) {
    const start = 4 * (row * width + left)
    part.set(data.subarray(start, start + 4 * columns), 4 * (row - top) * columns)
  }
  return { data: part, width: columns, height: bottom - top }
}
