import { renderFrame, type Samples } from '@vesalius/imaging'
import type { LoadedFrame } from '../frames/loaded-frame.ts'
import { asPicture } from '../frames/pixel-grid.ts'
import { isGrey } from '../tone/tone.ts'
import type { SourceKind } from './shaders.ts'

export interface ImageTexture {
  texture: WebGLTexture
  kind: SourceKind
  width: number
  height: number
  /** What a whole-number colour counts as full. */
  largest: number
  /** Rows that are there already. */
  rows: number
  plan: Plan
}

/** How a frame lies in the memory of the graphics card, and where it comes from. */
interface Plan {
  kind: SourceKind
  largest: number
  internal: number
  format: number
  type: number
  source: { kind: 'bitmap'; bitmap: ImageBitmap } | { kind: 'samples'; samples: UploadedSamples; perPixel: number }
}
type UploadedSamples = Uint8Array | Uint16Array | Float32Array

/** A texture for a frame at its depth, without its pixels: 8 and 16 bits as whole numbers, deeper ones as 32-bit floats. */
export function createFrameTexture(gl: WebGL2RenderingContext, frame: LoadedFrame): ImageTexture {
  const { width, height } = frame.grid
  const plan = planOf(gl, frame)
  const texture = createTexture(gl)
  gl.texStorage2D(gl.TEXTURE_2D, 1, plan.internal, width, height)
  return { texture, kind: plan.kind, width, height, largest: plan.largest, rows: 0, plan }
}

/** Uploads so many more rows at most. */
export function uploadRows(gl: WebGL2RenderingContext, texture: ImageTexture, most: number): void {
  const { width, rows, plan } = texture
  const { format, type, source } = plan
  const count = Math.min(most, texture.height - rows)
  if (count <= 0) return
  gl.activeTexture(gl.TEXTURE0)
  gl.bindTexture(gl.TEXTURE_2D, texture.texture)
  if (source.kind === 'bitmap') {
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, rows)
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, rows, width, count, format, type, source.bitmap)
    gl.pixelStorei(gl.UNPACK_SKIP_ROWS, 0)
  } else {
    const perRow = width * source.perPixel
    const data = source.samples.subarray(rows * perRow, (rows + count) * perRow)
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, rows, width, count, format, type, data)
  }
  texture.rows += count
}

function planOf(gl: WebGL2RenderingContext, { picture, grid }: LoadedFrame): Plan {
  if (picture.kind === 'bitmap') {
    const kind = isGrey(grid) ? 'grey-byte' : 'colour-byte'
    return { kind, largest: 255, internal: gl.RGBA8, format: gl.RGBA, type: gl.UNSIGNED_BYTE, source: picture }
  }
  if (isGrey(grid)) return greyPlan(gl, picture.samples)
  const { colour, sampleType, bitsStored } = grid.facts
  const perPixel = colour === 'rgba' ? 4 : 3
  if (sampleType === 'u16') {
    const samples = picture.samples as Uint16Array
    const [internal, format] = perPixel === 4 ? [gl.RGBA16UI, gl.RGBA_INTEGER] : [gl.RGB16UI, gl.RGB_INTEGER]
    const source = { kind: 'samples', samples, perPixel } as const
    return { kind: 'colour-integer', largest: 2 ** bitsStored - 1, internal, format, type: gl.UNSIGNED_SHORT, source }
  }
  const bytes = { kind: 'colour-byte', largest: 255, type: gl.UNSIGNED_BYTE } as const
  if (sampleType === 'u8' && bitsStored === 8) {
    const source = { kind: 'samples', samples: picture.samples as Uint8Array, perPixel } as const
    const [internal, format] = perPixel === 4 ? [gl.RGBA8, gl.RGBA] : [gl.RGB8, gl.RGB]
    return { ...bytes, internal, format, source }
  }
  const { data } = renderFrame(asPicture(grid))
  const source = { kind: 'samples', samples: new Uint8Array(data.buffer), perPixel: 3 } as const
  return { ...bytes, internal: gl.RGB8, format: gl.RGB, source }
}

/** Signed samples keep their bits; the table is looked up as far aside. */
function greyPlan(gl: WebGL2RenderingContext, samples: Samples): Plan {
  const buffer = samples.buffer as ArrayBuffer
  const whole = { kind: 'grey-integer', largest: 255, format: gl.RED_INTEGER } as const
  if (samples.BYTES_PER_ELEMENT === 1) {
    const bytes = new Uint8Array(buffer, samples.byteOffset, samples.length)
    const source = { kind: 'samples', samples: bytes, perPixel: 1 } as const
    return { ...whole, internal: gl.R8UI, type: gl.UNSIGNED_BYTE, source }
  }
  if (samples.BYTES_PER_ELEMENT === 2) {
    const words = new Uint16Array(buffer, samples.byteOffset, samples.length)
    const source = { kind: 'samples', samples: words, perPixel: 1 } as const
    return { ...whole, internal: gl.R16UI, type: gl.UNSIGNED_SHORT, source }
  }
  const floats = samples instanceof Float32Array ? samples : Float32Array.from(samples)
  const source = { kind: 'samples', samples: floats, perPixel: 1 } as const
  return { kind: 'grey-float', largest: 255, internal: gl.R32F, format: gl.RED, type: gl.FLOAT, source }
}

/** A bound texture whose pixels never run into each other. */
export function createTexture(gl: WebGL2RenderingContext): WebGLTexture {
  const texture = gl.createTexture()
  gl.activeTexture(gl.TEXTURE0)
  gl.bindTexture(gl.TEXTURE_2D, texture)
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ] as const) {
    gl.texParameteri(gl.TEXTURE_2D, name, value)
  }
  return texture
}
