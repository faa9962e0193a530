import { type RefObject, useEffect, useState } from 'react'
import { CanvasRenderer } from './canvas-renderer.ts'
import { ImageRenderer } from './gl/image-renderer.ts'

export type Renderer = ImageRenderer | CanvasRenderer

/** What draws on a canvas: WebGL2, made anew when the graphics card loses it; the plain canvas where there is none. */
export function useRenderer(canvas: RefObject<HTMLCanvasElement | null>): Renderer | null {
  const [renderer, setRenderer] = useState<Renderer | null>(null)
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    let current: Renderer | null = null
    const open = () => {
      current = ImageRenderer.open(element) ?? CanvasRenderer.open(element)
      setRenderer(current)
    }
    const lose = (event: Event) => {
      // Without this the context never comes back.
      event.preventDefault()
      current = null
      setRenderer(null)
    }
    element.addEventListener('webglcontextlost', lose)
    element.addEventListener('webglcontextrestored', open)
    open()
    return () => {
      element.removeEventListener('webglcontextlost', lose)
      element.removeEventListener('webglcontextrestored', open)
      current?.dispose()
    }
  }, [canvas])
  return renderer
}
