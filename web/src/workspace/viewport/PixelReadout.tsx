import { type RefObject, useEffect, useState } from 'react'
import classes from './ImageStage.module.css'
import { readPixels } from './read-pixels.ts'
import type { Size, View } from './view.ts'

interface Props {
  /** What the pointer moves over. */
  frame: RefObject<HTMLElement | null>
  view: View
  size: Size
  /** Where the very pixels of the image come from; null where only a preview can be shown. */
  url: string | null
}

/** More pixels than this are not read for a readout alone. */
const MOST_PIXELS = 2048 ** 2

/** The place under the pointer and what the pixel there holds: one value where it is grey, else red, green and blue. */
export function PixelReadout({ frame, view, size, url }: Props) {
  const pointer = usePointer(frame)
  const [read, setRead] = useState<{ url: string; pixels: ImageData } | null>(null)
  const x = pointer ? Math.floor((pointer.x - view.x) / view.scale) : -1
  const y = pointer ? Math.floor((pointer.y - view.y) / view.scale) : -1
  const isInside = x >= 0 && y >= 0 && x < size.width && y < size.height
  const wanted = isInside && size.width * size.height <= MOST_PIXELS ? url : null
  useEffect(() => {
    if (!wanted || read?.url === wanted) return
    let isWanted = true
    readPixels(wanted, size).then(
      (pixels) => isWanted && setRead({ url: wanted, pixels }),
      () => {},
    )
    return () => {
      isWanted = false
    }
  }, [wanted, read, size])
  if (!isInside) return null
  return (
    <output className={classes.readout}>
      {x}, {y}
      {read && read.url === url && <strong>{valueAt(read.pixels, x, y)}</strong>}
    </output>
  )
}

/** Where the pointer is over an element, in pixels of the page; null while it is elsewhere. */
function usePointer(frame: RefObject<HTMLElement | null>): { x: number; y: number } | null {
  const [place, setPlace] = useState<{ x: number; y: number } | null>(null)
  useEffect(() => {
    const element = frame.current
    const move = ({ clientX, clientY }: PointerEvent) => {
      const box = element?.getBoundingClientRect()
      if (box) setPlace({ x: clientX - box.left, y: clientY - box.top })
    }
    const leave = () => setPlace(null)
    element?.addEventListener('pointermove', move, { capture: true })
    element?.addEventListener('pointerleave', leave)
    return () => {
      element?.removeEventListener('pointermove', move, { capture: true })
      element?.removeEventListener('pointerleave', leave)
    }
  }, [frame])
  return place
}

function valueAt({ data, width }: ImageData, x: number, y: number): string {
  const at = 4 * (y * width + x)
  const [red, green, blue] = [data[at], data[at + 1], data[at + 2]]
  return red === green && green === blue ? `${red}` : `${red} ${green} ${blue}`
}
