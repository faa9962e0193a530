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
}

/** Uploads a frame at its depth: 8 and 16 bits as whole numbers, deeper ones as 32-bit floats. */
export function uploadFrame(gl: WebGL2RenderingContext, frame: LoadedFrame): ImageTexture {
  const { picture, grid } = frame
  const { width, height } = grid
  const made = (kind: SourceKind, largest = 255): ImageTexture => ({
    texture: createTexture(gl),
    ...{ kind, width, height, largest },
  })
  if (picture.kind === 'bitmap') {
    const texture = made(isGrey(grid) ? 'grey-byte' : 'colour-byte')
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture.bitmap)
    return texture
  }
  if (isGrey(grid)) return uploadGrey(gl, picture.samples, made)
  const { colour, sampleType, bitsStored } = grid.facts
  const upload = (internal: number, format: number, type: number, data: Uint8Array | Uint16Array) =>
    gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, format, type, data)
  if (sampleType === 'u16') {
    const texture = made('colour-integer', 2 ** bitsStored - 1)
    const samples = picture.samples as Uint16Array
    if (colour === 'rgba') upload(gl.RGBA16UI, gl.RGBA_INTEGER, gl.UNSIGNED_SHORT, samples)
    else upload(gl.RGB16UI, gl.RGB_INTEGER, gl.UNSIGNED_SHORT, samples)
    return texture
  }
  const texture = made('colour-byte')
  if (sampleType === 'u8' && bitsStored === 8) {
    if (colour === 'rgba') upload(gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture.samples as Uint8Array)
    else upload(gl.RGB8, gl.RGB, gl.UNSIGNED_BYTE, picture.samples as Uint8Array)
  } else {
    const { data } = renderFrame(asPicture(grid))
    upload(gl.RGB8, gl.RGB, gl.UNSIGNED_BYTE, new Uint8Array(data.buffer))
  }
  return texture
}

function uploadGrey(
  gl: WebGL2RenderingContext,
  samples: Samples,
  made: (kind: SourceKind) => ImageTexture,
): ImageTexture {
  const isSmall = samples.BYTES_PER_ELEMENT <= 2
  const texture = made(isSmall ? 'grey-integer' : 'grey-float')
  const { width, height } = texture
  const upload = (internal: number, format: number, type: number, data: Uint8Array | Uint16Array | Float32Array) =>
    gl.texImage2D(gl.TEXTURE_2D, 0, internal, width, height, 0, format, type, data)
  // Signed samples keep their bits; the table is looked up as far aside.
  if (samples.BYTES_PER_ELEMENT === 1) {
    const bytes = new Uint8Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.length)
    upload(gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE, bytes)
  } else if (samples.BYTES_PER_ELEMENT === 2) {
    const words = new Uint16Array(samples.buffer as ArrayBuffer, samples.byteOffset, samples.length)
    upload(gl.R16UI, gl.RED_INTEGER, gl.UNSIGNED_SHORT, words)
  } else upload(gl.R32F, gl.RED, gl.FLOAT, samples instanceof Float32Array ? samples : Float32Array.from(samples))
  return texture
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
