import type { FrameFacts } from '@vesalius/contracts'
import { CHANNELS, type Samples } from '@vesalius/imaging'
import { gridOf, type PixelGrid, plainFacts } from './pixel-grid.ts'

/**
 * One frame in memory, ready to be shown: decoded by the browser where it knows the format and nothing is lost, else the
 * samples the server decoded.
 */
export interface LoadedFrame {
  imageId: string
  frame: number
  facts: FrameFacts
  picture: { kind: 'bitmap'; bitmap: ImageBitmap } | { kind: 'samples'; samples: Samples }
  byteSize: number
  isExact: true
  /** All samples at full depth. Where the browser decoded the picture they are read when first asked for. */
  grid: PixelGrid
  /** The stored samples of one pixel, one for each channel. */
  samplesAt(x: number, y: number): number[]
  /** Frees the memory; the frame can be used no more. */
  close(): void
}

export function frameOfSamples(imageId: string, frame: number, facts: FrameFacts, samples: Samples): LoadedFrame {
  const grid = gridOf(facts, frame, samples)
  return {
    ...{ imageId, frame, facts: grid.facts, picture: { kind: 'samples', samples } },
    byteSize: samples.byteLength,
    isExact: true,
    grid,
    samplesAt: (x, y) => {
      const at = (y * grid.width + x) * grid.channels
      return Array.from(samples.subarray(at, at + Math.min(3, grid.channels)))
    },
    close: () => {},
  }
}

/** `isGrey`: red, green and blue are equal, and only one of them is told. */
export function frameOfBitmap(imageId: string, bitmap: ImageBitmap, isGrey: boolean): LoadedFrame {
  const { width, height } = bitmap
  const facts = plainFacts(bitmap, isGrey ? 'grey' : 'rgba')
  let samples: Samples | null = null
  let onePixel: OffscreenCanvasRenderingContext2D | null = null
  const read = (left: number, top: number, across: number, down: number, context = readable(across, down)) => {
    context.clearRect(0, 0, across, down)
    context.drawImage(bitmap, left, top, across, down, 0, 0, across, down)
    return context.getImageData(0, 0, across, down).data
  }
  return {
    ...{ imageId, frame: 0, facts, picture: { kind: 'bitmap', bitmap } },
    byteSize: width * height * 4,
    isExact: true,
    grid: {
      ...{ width, height, channels: CHANNELS[facts.colour], facts },
      get samples() {
        samples ??= firstChannel(read(0, 0, width, height), isGrey)
        return samples
      },
    },
    samplesAt: (x, y) => {
      onePixel ??= readable(1, 1)
      return Array.from(read(x, y, 1, 1, onePixel).subarray(0, isGrey ? 1 : 3))
    },
    close: () => bitmap.close(),
  }
}

function readable(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser has no canvas')
  return context
}

/** The first of four channels, or all of them. */
function firstChannel(bytes: Uint8ClampedArray, isOnlyFirst: boolean): Uint8Array {
  if (!isOnlyFirst) return new Uint8Array(bytes.buffer)
  const first = new Uint8Array(bytes.length / 4)
  for (let at = 0; at < first.length; at += 1) first[at] = bytes[4 * at] as number
  return first
}
