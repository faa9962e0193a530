import { type Gesture, isRendered } from './gestures/tool.ts'
import { NO_TRAIL, type Trail } from './gestures/trail.ts'
import type { Point } from './region-shapes.ts'
import type { MarkTool } from './tools.ts'

/** What a pointer does over the image right now. */
export interface Doing {
  /** What was begun with one tool ends with it. */
  tool: MarkTool
  trail: Trail
  /** Where the pointer is; null where it is elsewhere. */
  hover: Point | null
}

/** As much of it as the page itself depends on; the very same object until that changes. */
export interface Seen {
  tool: MarkTool
  kind: Gesture['kind'] | null
  gesture: Gesture | null
  hover: Point | null
}

/** Tools whose page depends on where the pointer is: its cursor, or what is looked for there. */
const FOLLOWED: ReadonlySet<MarkTool> = new Set(['box', 'superpixels'])

export const nothingOf = (tool: MarkTool): Seen => ({ tool, kind: null, gesture: null, hover: null })

const isSame = (a: Seen, b: Seen): boolean =>
  a.tool === b.tool && a.kind === b.kind && a.gesture === b.gesture && a.hover === b.hover

/**
 * The gesture under way, kept outside of React: a move of the pointer is painted at once, and the page is rendered anew
 * only when something of it changes. A brush may move a thousand times before that.
 */
export class LiveGesture {
  #doing: Doing = { tool: 'hand', trail: NO_TRAIL, hover: null }
  #seen: Seen = nothingOf('hand')
  readonly #renderers = new Set<() => void>()
  readonly #painters = new Set<() => void>()

  /** What is done with a tool: nothing yet, when it was taken into the hand just now. */
  with(tool: MarkTool): Doing {
    return this.#doing.tool === tool ? this.#doing : { ...this.#doing, tool, trail: NO_TRAIL }
  }

  set(doing: Doing): void {
    this.#doing = doing
    const { gesture } = doing.trail
    const seen: Seen = {
      tool: doing.tool,
      kind: gesture?.kind ?? null,
      gesture: gesture && isRendered(gesture) ? gesture : null,
      hover: FOLLOWED.has(doing.tool) ? doing.hover : null,
    }
    if (!isSame(seen, this.#seen)) {
      this.#seen = seen
      for (const render of this.#renderers) render()
    }
    for (const paint of this.#painters) paint()
  }

  getSeen = (): Seen => this.#seen
  subscribe = (render: () => void): (() => void) => {
    this.#renderers.add(render)
    return () => this.#renderers.delete(render)
  }
  /** Paints after every change. */
  onPaint = (paint: () => void): (() => void) => {
    this.#painters.add(paint)
    return () => this.#painters.delete(paint)
  }
}
