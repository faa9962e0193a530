import type { LoadedFrame } from '../frames/loaded-frame.ts'
import type { Part } from '../tiles/pyramid.ts'
import type { Tone } from '../tone/tone.ts'
import { boundsOnStage, matrixOf, type Size, toStage, type View } from '../view.ts'
import { fragmentFor, type SourceKind, VERTEX } from './shaders.ts'
import { createFrameTexture, type ImageTexture, uploadRows } from './textures.ts'

/** Where and how one picture is drawn. */
export interface Drawing {
  /** Pixels of the whole image: nothing is drawn beyond. */
  image: Size
  view: View
  /** Screen pixels for each pixel of the page. */
  density: number
  tone: Tone
  isSmooth: boolean
}

interface Program {
  program: WebGLProgram
  places: Map<string, WebGLUniformLocation | null>
}

const UNIFORMS = [
  ...['image', 'table', 'offset', 'mask', 'gain', 'level', 'padding', 'isDark', 'largest', 'colour'],
  ...['toImage', 'origin', 'height', 'size', 'corner', 'extent', 'whole', 'taps', 'isSmooth'],
]
const MOST_TAPS = 4
/** Of textures kept, so that going back and forth between frames uploads nothing. */
const MOST_TEXTURE_BYTES = 256 * 1024 ** 2
/** Uploaded ahead in one go: a few milliseconds. */
const STRIPE_BYTES = 2 * 1024 ** 2
const [IMAGE_UNIT, TABLE_UNIT] = [0, 1]

/** Draws images with WebGL2. Its textures are lost with the context; `open` makes all anew. */
export class ImageRenderer {
  readonly #gl: WebGL2RenderingContext
  readonly #programs = new Map<SourceKind, Program>()
  readonly #textures = new Map<LoadedFrame, ImageTexture>()
  readonly #table: WebGLTexture | null
  #tableTone: Tone | null = null

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
    this.#table = gl.createTexture()
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.bindVertexArray(gl.createVertexArray())
  }

  /** Null where the browser has no WebGL2. */
  static open(canvas: HTMLCanvasElement): ImageRenderer | null {
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: false, stencil: false })
    return gl && !gl.isContextLost() ? new ImageRenderer(gl) : null
  }

  clear(): void {
    const gl = this.#gl
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight)
    gl.disable(gl.SCISSOR_TEST)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
  }

  /**
   * Brings some more rows of a frame into the memory of the graphics card, so that drawing it later is quick. False as
   * long as there are more.
   */
  prepare(frame: LoadedFrame): boolean {
    const texture = this.#textureOf(frame)
    uploadRows(this.#gl, texture, Math.max(1, Math.floor((STRIPE_BYTES * texture.height) / frame.byteSize)))
    return texture.rows === texture.height
  }

  /** Draws a frame over a part of the image. */
  draw(frame: LoadedFrame, part: Part, drawing: Drawing): void {
    const texture = this.#textureOf(frame)
    uploadRows(this.#gl, texture, texture.height)
    this.#drawTexture(texture, part, drawing)
  }

  #drawTexture(texture: ImageTexture, part: Part, drawing: Drawing): void {
    const gl = this.#gl
    const { program, places } = this.#programFor(texture.kind)
    const at = (name: string) => places.get(name) ?? null
    // biome-ignore lint/correctness/useHookAtTopLevel: a call of WebGL, not of React
    gl.useProgram(program)
    gl.activeTexture(gl.TEXTURE0 + IMAGE_UNIT)
    gl.bindTexture(gl.TEXTURE_2D, texture.texture)
    gl.uniform1i(at('image'), IMAGE_UNIT)
    gl.uniform1i(at('table'), TABLE_UNIT)
    gl.uniform2i(at('size'), texture.width, texture.height)
    this.#placeView(drawing, at)
    gl.uniform2f(at('corner'), part.left, part.top)
    gl.uniform2f(at('extent'), part.width, part.height)
    gl.uniform2f(at('whole'), drawing.image.width, drawing.image.height)
    const perTexel = (drawing.view.scale * drawing.density * part.width) / texture.width
    gl.uniform1i(at('taps'), Math.min(MOST_TAPS, Math.max(1, Math.ceil(1 / perTexel - 0.01))))
    gl.uniform1i(at('isSmooth'), Number(drawing.isSmooth))
    gl.uniform1f(at('largest'), texture.largest)
    this.#setTone(drawing.tone, at)
    this.#cutTo(part, drawing)
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }

  dispose(): void {
    for (const { texture } of this.#textures.values()) this.#gl.deleteTexture(texture)
    this.#textures.clear()
    this.#gl.deleteTexture(this.#table)
    for (const { program } of this.#programs.values()) this.#gl.deleteProgram(program)
  }

  /** Lets only the part of the screen be drawn on that the part of the image can reach. */
  #cutTo(part: Part, { view, density }: Drawing): void {
    const gl = this.#gl
    const { x, y } = toStage(view, { x: part.left, y: part.top })
    const { left, top, width, height } = boundsOnStage({ ...view, x, y }, part)
    const [first, last] = [Math.floor(left * density), Math.ceil((left + width) * density)]
    const [above, below] = [Math.floor(top * density), Math.ceil((top + height) * density)]
    gl.enable(gl.SCISSOR_TEST)
    gl.scissor(first, gl.drawingBufferHeight - below, last - first, below - above)
  }

  #placeView({ view, density }: Drawing, at: (name: string) => WebGLUniformLocation | null): void {
    const gl = this.#gl
    const [a, b, c, d, e, f] = matrixOf(view)
    const square = view.scale ** 2 * density
    gl.uniformMatrix2fv(at('toImage'), false, [a / square, c / square, b / square, d / square])
    gl.uniform2f(at('origin'), e * density, f * density)
    gl.uniform1f(at('height'), gl.drawingBufferHeight)
  }

  #setTone(tone: Tone, at: (name: string) => WebGLUniformLocation | null): void {
    const gl = this.#gl
    if (tone.kind === 'colour') {
      gl.uniform3f(at('colour'), tone.brightness, tone.contrast, Number(tone.inverted))
      return
    }
    if (tone.kind === 'ramp') {
      gl.uniform1f(at('gain'), tone.gain)
      gl.uniform1f(at('level'), tone.offset)
      gl.uniform2f(at('padding'), tone.padding?.low ?? 1, tone.padding?.high ?? 0)
      gl.uniform1i(at('isDark'), Number(tone.isDark))
      return
    }
    const { bytes, least } = tone.table
    gl.activeTexture(gl.TEXTURE0 + TABLE_UNIT)
    gl.bindTexture(gl.TEXTURE_2D, this.#table)
    if (this.#tableTone !== tone) {
      const [width, height] = [256, bytes.length / 256]
      const data = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, width, height, 0, gl.RED, gl.UNSIGNED_BYTE, data)
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST)
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST)
      this.#tableTone = tone
    }
    gl.uniform1i(at('offset'), -least)
    gl.uniform1i(at('mask'), bytes.length - 1)
  }

  #textureOf(frame: LoadedFrame): ImageTexture {
    const known = this.#textures.get(frame)
    if (known) {
      this.#textures.delete(frame)
      this.#textures.set(frame, known)
      return known
    }
    const made = createFrameTexture(this.#gl, frame)
    this.#textures.set(frame, made)
    this.#trim()
    return made
  }

  #trim(): void {
    let bytes = 0
    for (const frame of this.#textures.keys()) bytes += frame.byteSize
    for (const [frame, { texture }] of this.#textures) {
      if (this.#textures.size <= 1 || bytes <= MOST_TEXTURE_BYTES) return
      this.#textures.delete(frame)
      bytes -= frame.byteSize
      this.#gl.deleteTexture(texture)
    }
  }

  #programFor(kind: SourceKind): Program {
    const known = this.#programs.get(kind)
    if (known) return known
    const gl = this.#gl
    const program = linkProgram(gl, fragmentFor(kind))
    const places = new Map(UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]))
    const made = { program, places }
    this.#programs.set(kind, made)
    return made
  }
}

function linkProgram(gl: WebGL2RenderingContext, fragment: string): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, text] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('the graphics card takes no shader')
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`the shader does not link: ${gl.getProgramInfoLog(program)}`)
  }
  return program
}
