import { type BoundingBox, frameOf, type Image, type Measure, type Project } from '@vesalius/contracts'
import { useMemo, useState } from 'react'
import { withGuesses } from '../assist/add-guesses.ts'
import { changeBoxes, moveBox, stretchBox } from './box-gesture.ts'
import { fillBetween } from './fill-between.ts'
import { isGuess, type Mark, type Marking, personsBox } from './mark.ts'
import { acceptGuesses, changeClass, moveMarks, pasteMarks, removeMarks, withFrame } from './mark-edits.ts'
import { mergeMasks, reshapeAll } from './mask-edits.ts'
import { type Measurement, measureFrom, measurementOf } from './measure.ts'
import type { Region } from './region.ts'
import { growBy, shrinkBy, smoothBy } from './region-morph.ts'
import { fillHoles } from './region-parts.ts'
import { markKindOf } from './tools.ts'
import { useMarkViews } from './use-mark-views.ts'
import { useToolSettings } from './use-tool-settings.ts'

/** Pixels that keys and buttons grow, shrink and smooth by. */
const STEP = 1
const SMOOTHNESS = 2
const NO_MARKS: readonly Mark[] = []

interface Given {
  project: Project
  image: Image
  /** The frame whose marks are shown and drawn. */
  frame: number
  marking: Marking | null
  measures: readonly Measure[]
  isOpen: boolean
  onChange: (marking: Marking) => void
  onMeasures: (measures: readonly Measure[]) => void
}

/** The marks of the image at hand, what is chosen of them, and everything that can be done to them but drawing. */
export function useMarking(given: Given) {
  const { project, image, frame, marking, isOpen, onChange } = given
  const settings = useToolSettings(project)
  const views = useMarkViews(image.id)
  const [copied, setCopied] = useState<readonly Mark[]>([])
  // On an image that nothing may change one measures all the same; it is not kept.
  const [passing, setPassing] = useState<{ imageId: string; list: readonly Measure[] }>({ imageId: '', list: [] })
  const kind = markKindOf(project)
  const hasInstances = kind?.hasInstances ?? false
  const all = marking?.list ?? NO_MARKS
  const list = useMemo(() => all.filter((mark) => mark.frame === frame), [all, frame])
  const { selected, isVisible, isLocked, select } = views
  const size = marking?.size ?? { width: image.width, height: image.height }
  const shown = useMemo(() => list.filter(isVisible), [list, isVisible])
  const passed = passing.imageId === image.id ? passing.list : []
  const measures = isOpen ? given.measures : [...given.measures, ...passed]
  const measurements = measures.filter((measure) => frameOf(measure) === frame).map(measurementOf)
  const setMeasures = (next: readonly Measure[]) => {
    if (isOpen) return given.onMeasures(next)
    setPassing({ imageId: image.id, list: next.filter((measure) => !given.measures.includes(measure)) })
  }
  const rule = { selected, hasInstances, protects: settings.protects, isLocked }
  const open = (ids: ReadonlySet<string>) =>
    new Set(list.filter((mark) => ids.has(mark.id) && !isLocked(mark)).map(({ id }) => id))
  /** Puts a new list in place of the old; the very same list is no change. */
  const edit = (next: readonly Mark[], ids?: Iterable<string>) => {
    if (!isOpen || !marking) return
    if (next !== list) onChange({ ...marking, list: withFrame(all, next, frame) })
    if (ids) select(ids)
  }
  const step = (by: 1 | -1) => {
    if (shown.length === 0) return
    const at = shown.findIndex(({ id }) => selected.has(id))
    const next = shown[(at + by + shown.length + (at < 0 && by < 0 ? 1 : 0)) % shown.length]
    if (next) select([next.id])
  }
  const reshapeMasks = (change: (region: Region) => Region) => {
    const ids = selected.size > 0 ? selected : new Set(shown.map(({ id }) => id))
    edit(reshapeAll(list, ids, change, rule))
  }
  return {
    ...settings,
    ...views,
    ...{ kind, list, shown, size, rule, edit, step, isOpen: isOpen && marking !== null, hasInstances },
    ...{ measurements, spacing: image.spacing, frames: image.frames },
    addMeasurement: (measurement: Measurement) => setMeasures([...measures, measureFrom(measurement, frame)]),
    changeMeasurement: (id: string, measurement: Measurement) =>
      setMeasures(measures.map((measure) => (measure.id === id ? measureFrom(measurement, frame, id) : measure))),
    removeMeasurement: (id: string) => setMeasures(measures.filter((measure) => measure.id !== id)),
    clearMeasurements: () => setMeasures(measures.filter((measure) => frameOf(measure) !== frame)),
    chooseClass: (index: number) => {
      if (index >= project.classes.length) return
      settings.setClassIndex(index)
      if (selected.size > 0) edit(changeClass(list, open(selected), index))
    },
    remove: (ids: ReadonlySet<string> = selected) => edit(removeMarks(list, open(ids)), []),
    /** The selected guesses, or all that are shown. */
    accept: (ids: ReadonlySet<string> = selected) =>
      edit(acceptGuesses(list, (mark) => isVisible(mark) && (ids.size === 0 || ids.has(mark.id)))),
    /** What the model says now in place of what it said before, on all frames. */
    showGuesses: (guesses: readonly Mark[]) => {
      if (isOpen && marking) onChange({ ...marking, list: withGuesses(all, guesses, rule) })
    },
    reject: () =>
      edit(
        list.filter((mark) => !isGuess(mark) || !isVisible(mark)),
        [],
      ),
    selectAll: () => select(shown.map(({ id }) => id)),
    lock: () => (selected.size > 0 ? views.toggleLocked(selected) : views.toggleClassLock(settings.classIndex)),
    hide: () => (selected.size > 0 ? views.toggleHidden(selected) : views.toggleClass(settings.classIndex)),
    copy: () => setCopied(list.filter(({ id }) => selected.has(id))),
    paste: () => {
      if (copied.length === 0) return
      const pasted = pasteMarks(list, copied, rule, size)
      edit(pasted.list, pasted.ids)
    },
    nudge: (x: number, y: number) =>
      edit(
        kind?.kind === 'mask'
          ? moveMarks(list, selected, { x, y }, rule, size)
          : changeBoxes(list, open(selected), (box) => moveBox(box, { x, y }, size)),
      ),
    stretch: (x: number, y: number) =>
      edit(changeBoxes(list, open(selected), (box) => stretchBox(box, { x, y }, size))),
    /** A box in the middle, for those who draw with keys. */
    place: () => {
      if (kind?.kind !== 'box') return
      const box: BoundingBox = [size.width / 4, size.height / 4, size.width / 2, size.height / 2]
      const mark = personsBox(settings.classIndex, box)
      edit([...list, mark], [mark.id])
    },
    fillHoles: () => reshapeMasks(fillHoles),
    smooth: () => reshapeMasks((region) => smoothBy(region, SMOOTHNESS, size)),
    grow: () => reshapeMasks((region) => growBy(region, STEP, size)),
    shrink: () => reshapeMasks((region) => shrinkBy(region, STEP, size)),
    /** Masks on the frames between this one and the nearest that has one of the same class. */
    fillBetween: () => {
      const next = fillBetween(all, selected.size > 0 ? selected : new Set(shown.map(({ id }) => id)), frame)
      if (isOpen && marking && next !== all) onChange({ ...marking, list: next })
    },
    merge: () => {
      const merged = mergeMasks(list, open(selected))
      edit(merged.list, merged.touched ? [merged.touched] : undefined)
    },
  }
}
export type MarkingDesk = ReturnType<typeof useMarking>
