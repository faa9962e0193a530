import type { BoundingBox } from '@vesalius/contracts'
import type { BoxGesture } from '../box-gesture.ts'
import type { Mark } from '../mark.ts'
import { addStroke, type EditRule, eraseStroke } from '../mask-edits.ts'
import type { CutGesture, PaintGesture } from '../mask-gesture.ts'
import type { KeptMeasurement, Measurement } from '../measure.ts'
import type { PixelAnswer, PixelQuestion } from '../pixels/look.ts'
import type { Superpixels } from '../pixels/superpixels.ts'
import type { Range } from '../pixels/threshold.ts'
import type { Region } from '../region.ts'
import type { Point, Size } from '../region-shapes.ts'
import type { AskGesture } from './ask.ts'
import type { MeasureGesture, RemeasureGesture } from './measure-tool.ts'
import type { OutlineGesture } from './outline.ts'
import type { PatchGesture } from './patches.ts'
import type { ScissorsGesture } from './scissors.ts'
import type { MarqueeGesture } from './select.ts'
import type { FieldGesture } from './threshold-tool.ts'
import type { VertexGesture } from './vertex.ts'
import type { WandGesture } from './wand.ts'

/**
 * A tool is a pure state machine: what is being done is a `Gesture`, each step makes the next one, and what comes of it
 * is told in the outcome. Gestures never change, so that every step of an unfinished shape can be taken back.
 */
export type Gesture =
  | BoxGesture
  | PaintGesture
  | CutGesture
  | OutlineGesture
  | ScissorsGesture
  | VertexGesture
  | WandGesture
  | FieldGesture
  | PatchGesture
  | MarqueeGesture
  | MeasureGesture
  | RemeasureGesture
  | AskGesture

/** Where a pointer, a pen or the crosshair of the keyboard is, and how. */
export interface Touch {
  /** In pixels of the image. */
  at: Point
  /** Shift: more of it; what is drawn joins the selected mask. */
  isMore: boolean
  /** Control, the other mouse button, or a pen's eraser: take away instead of adding. */
  isOther: boolean
  /** 0.4 to 1.6 of a pen, 1 of others. */
  pressure: number
}

/** What a tool works on. */
export interface Ground extends EditRule {
  size: Size
  /** How near counts as there, in pixels of the image. */
  reach: number
  /** Below this distance a drag is a click, in pixels of the image. */
  still: number
  list: readonly Mark[]
  /** The marks that can be seen. */
  shown: readonly Mark[]
  classIndex: number
  radius: number
  /** 0..255 */
  tolerance: number
  /** Of the threshold. */
  range: Range
  fieldShape: 'box' | 'brush'
  measureKind: Measurement['kind']
  measurements: readonly KeptMeasurement[]
  superpixels: Superpixels | null
}

/** A region the model is asked about. */
export type Question = { box: BoundingBox } | { point: Point }

export interface Outcome {
  /** What goes on; null when it ended. */
  gesture: Gesture | null
  list?: readonly Mark[]
  select?: Iterable<string>
  range?: Range
  tolerance?: number
  measured?: Measurement
  /** A kept measurement as it is now. */
  remeasured?: KeptMeasurement
  /** To be asked of the project's model. */
  question?: Question
}

export interface Tool {
  press(gesture: Gesture | null, touch: Touch, ground: Ground): Outcome
  /** While pressed, and between presses where a shape is unfinished. */
  move?(gesture: Gesture, touches: readonly Touch[], ground: Ground, isPressed: boolean): Gesture
  release?(gesture: Gesture, touch: Touch, ground: Ground): Outcome
  /** Enter, or a double click. */
  finish?(gesture: Gesture, ground: Ground): Outcome
  /** What a press here would take, to be shown beforehand. */
  hint?(at: Point, ground: Ground): Region | null
  /** What the gesture has to know of the picture to go on. Asked until it is answered, one question at a time. */
  asks?(gesture: Gesture, ground: Ground): PixelQuestion | null
  /** An answer has come; the gesture may have gone on meanwhile. */
  answered?(gesture: Gesture, question: PixelQuestion, answer: PixelAnswer, ground: Ground): Outcome
}

/** Gestures that change the page around the canvas: marks that are moved, and a question to the model. */
export const isRendered = ({ kind }: Gesture): boolean => kind === 'move' || kind === 'resize' || kind === 'ask'

export const ENDED: Outcome = { gesture: null }

/** Adds a region to the masks, or takes it away from them. `start`: see `Stroke`; `isOther` and `isMore`: see `Touch`. */
export function lay(
  region: Region,
  start: Point | null,
  ground: Ground,
  { isOther, isMore }: Pick<Touch, 'isOther' | 'isMore'>,
): Outcome {
  const { list, classIndex, selected, hasInstances } = ground
  if (isOther) {
    const shown = new Set(ground.shown)
    const isOpen = (mark: Mark) => shown.has(mark) && !ground.isLocked(mark)
    return { gesture: null, list: eraseStroke(list, region, { selected, isOpen }) }
  }
  const { list: next, touched } = addStroke(list, { region, class: classIndex, start, joins: isMore }, ground)
  return { gesture: null, list: next, ...(hasInstances && touched ? { select: [touched] } : {}) }
}

export const isNear = (a: Point, b: Point, reach: number) => Math.hypot(a.x - b.x, a.y - b.y) <= reach
