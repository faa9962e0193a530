import { CHANNELS } from '@vesalius/imaging'
import { clearCanvas } from '../../ui/clear-canvas.ts'
import type { LoadedFrame } from './frames/loaded-frame.ts'
import type { PixelGrid } from './frames/pixel-grid.ts'
import type { Drawing } from './gl/image-renderer.ts'
import type { Part } from './tiles/pyramid.ts'
import { shadeOfColour, type Tone } from './tone/tone.ts'
import { matrixOf } from './view.ts'

/** Draws images where a browser has no WebGL2: shades are made for the whole image whenever they change. */
export class CanvasRenderer {
  readonly #context: CanvasRenderingContext2D
  #painted = new WeakMap<LoadedFrame, { tone: Tone; picture: OffscreenCanvas | ImageBitmap }>()

  constructor(context: CanvasRenderingContext2D) {
    this.#context = context
  }

  static open(canvas: HTMLCanvasElement): CanvasRenderer | null {
    const context = canvas.getContext('2d')
    return context && new CanvasRenderer(context)
  }

  clear(): void {
    clearCanvas(this.#context)
  }

  /** There is nothing to be done ahead. */
  prepare(): boolean {
    return true
  }

  draw(frame: LoadedFrame, part: Part, { image, view, density, tone, isSmooth }: Drawing): void {
    const known = this.#painted.get(frame)
    const painted = known?.tone === tone ? known : { tone, picture: paint(frame, tone) }
    this.#painted.set(frame, painted)
    const context = this.#context
    const [a, b, c, d, e, f] = matrixOf(view)
    context.setTransform(a * density, b * density, c * density, d * density, e * density, f * density)
    context.imageSmoothingEnabled = isSmooth || view.scale * density < 1
    const width = Math.min(part.width, image.width - part.left)
    const height = Math.min(part.height, image.height - part.top)
    const [across, down] = [frame.facts.width / part.width, frame.facts.height / part.height]
    context.drawImage(painted.picture, 0, 0, width * across, height * down, part.left, part.top, width, height)
  }

  dispose(): void {
    this.#painted = new WeakMap()
  }
}

function paint({ picture, grid }: LoadedFrame, tone: Tone): OffscreenCanvas | ImageBitmap {
  const isPlain = tone.kind === 'colour' && tone.brightness === 1 && tone.contrast === 1 && !tone.inverted
  if (picture.kind === 'bitmap' && isPlain) return picture.bitmap
  const { width, height } = grid
  const canvas = new OffscreenCanvas(width, height)
  canvas.getContext('2d')?.putImageData(new ImageData(shadesOf(grid, tone), width, height), 0, 0)
  return canvas
}

/** `[row, column, 4]`, 0..255: what is seen of a frame. */
export function shadesOf(grid: PixelGrid, tone: Tone): Uint8ClampedArray<ArrayBuffer> {
  const { samples, facts } = grid
  const channels = CHANNELS[facts.colour]
  const shown = new Uint8ClampedArray(grid.width * grid.height * 4)
  const scale = 255 / (2 ** facts.bitsStored - 1)
  const shadeAt = (at: number, channel: number): number => {
    const sample = samples[at * channels + (channels === 1 ? 0 : channel)] as number
    if (tone.kind === 'table') return tone.table.bytes[sample - tone.table.least] ?? 0
    if (tone.kind === 'colour') return 255 * shadeOfColour(sample * scale, tone)
    if (tone.padding && sample >= tone.padding.low && sample <= tone.padding.high) return 0
    const shade = Math.min(1, Math.max(0, sample * tone.gain + tone.offset)) || 0
    return 255 * (tone.isDark ? 1 - shade : shade)
  }
  for (let at = 0; at < shown.length / 4; at += 1) {
    for (let channel = 0; channel < 3; channel += 1) shown[4 * at + channel] = shadeAt(at, channel)
    shown[4 * at + 3] = channels === 4 ? (samples[at * 4 + 3] as number) * scale : 255
  }
  return shown
}
