import { useLayoutEffect, useRef } from 'react'
import type { FrameStore } from './frames/frame-store.ts'
import classes from './ImageStage.module.css'
import type { Layer } from './layers.ts'
import type { Tone } from './tone/tone.ts'
import { usePreparing } from './use-preparing.ts'
import { useRenderer } from './use-renderer.ts'
import { matrixOf, type Size, type View } from './view.ts'

interface Props {
  image: Size
  layers: readonly Layer[]
  tone: Tone | null
  isSmooth: boolean
  view: View
  room: Size
  density: number
  label: string
  /** What comes next is made ready to be drawn. */
  ahead?: FrameStore
}

/** The image itself, drawn anew whenever it, its shades or the way it lies change. */
export function ImageCanvas({ image, layers, tone, isSmooth, view, room, density, label, ahead }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const renderer = useRenderer(canvas)
  usePreparing(renderer, ahead, layers)
  const [width, height] = [Math.round(room.width * density), Math.round(room.height * density)]
  const { width: across, height: down } = image
  useLayoutEffect(() => {
    if (!renderer) return
    // Setting the size clears the canvas, so it is done here and only when it changes.
    const element = canvas.current
    if (element && element.width !== width) element.width = width
    if (element && element.height !== height) element.height = height
    renderer.clear()
    if (!tone) return
    for (const { frame, part } of layers)
      renderer.draw(frame, part, { image: { width: across, height: down }, view, density, tone, isSmooth })
  }, [renderer, layers, across, down, tone, isSmooth, view, density, width, height])
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={classes.image}
      style={{ width: room.width, height: room.height }}
      data-shown={layers.length > 0 && renderer !== null}
      data-view={matrixOf(view).join(' ')}
    />
  )
}
