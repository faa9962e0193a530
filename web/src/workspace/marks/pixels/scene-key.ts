import type { PixelScene } from './scene.ts'

/** Tells scenes apart: two with the same key have the same pixels, shown alike. */
export function keyOfScene(scene: PixelScene | null): string {
  if (!scene) return ''
  const { image, frame, adjustment, tiled } = scene
  return JSON.stringify([image.id, frame, adjustment, tiled && [tiled.level, tiled.part]])
}
