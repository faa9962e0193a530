import type { BoundingBox, Image, Project } from '@vesalius/contracts'
import { useMemo, useState } from 'react'
import { changeBoxes, moveBox, stretchBox } from './box-gesture.ts'
import { isGuess, type Mark, type Marking, personsBox, toggled } from './mark.ts'
import { acceptGuesses, changeClass, isShown, pasteMarks, removeMarks, withFrame } from './mark-edits.ts'
import { fillHolesOf, mergeMasks } from './mask-edits.ts'
import { type MarkTool, markKindOf, toolsFor } from './tools.ts'

const NOTHING: ReadonlySet<string> = new Set()
const NO_MARKS: readonly Mark[] = []
const LARGEST_RADIUS = 500

interface Given {
  project: Project
  image: Image
  /** The frame whose marks are shown and drawn. */
  frame: number
  marking: Marking | null
  isOpen: boolean
  onChange: (marking: Marking) => void
}

/** The marks of the image at hand, what is chosen of them, and everything that can be done to them but drawing. */
export function useMarking({ project, image, frame, marking, isOpen, onChange }: Given) {
  const [tool, setTool] = useState<MarkTool>(() => toolsFor(project)[0] ?? 'hand')
  const [classIndex, setClassIndex] = useState(0)
  const [radius, setRadius] = useState(8)
  const [tolerance, setTolerance] = useState(24)
  const [opacity, setOpacity] = useState(0.35)
  const [chosen, setChosen] = useState({ imageId: '', ids: NOTHING })
  const [threshold, setThreshold] = useState({ imageId: '', score: 0 })
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  const [copied, setCopied] = useState<readonly Mark[]>([])
  const kind = markKindOf(project)
  const all = marking?.list ?? NO_MARKS
  const list = useMemo(() => all.filter((mark) => mark.frame === frame), [all, frame])
  const leastScore = threshold.imageId === image.id ? threshold.score : 0
  const selected = chosen.imageId === image.id ? chosen.ids : NOTHING
  const size = marking?.size ?? { width: image.width, height: image.height }
  const isVisible = (mark: Mark) => !hidden.has(mark.class) && isShown(mark, leastScore)
  const shown = list.filter(isVisible)
  const select = (ids: Iterable<string>) => setChosen({ imageId: image.id, ids: new Set(ids) })
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
  return {
    ...{ kind, list, shown, size, selected, select, edit, isOpen: isOpen && marking !== null },
    ...{ tool, setTool, tools: toolsFor(project), radius, tolerance, setTolerance, opacity, setOpacity },
    ...{ classIndex, hidden, leastScore, isVisible, step },
    hasInstances: kind?.hasInstances ?? false,
    setRadius: (next: number) => setRadius(Math.min(LARGEST_RADIUS, Math.max(0.5, next))),
    setLeastScore: (score: number) => setThreshold({ imageId: image.id, score }),
    chooseClass: (index: number) => {
      if (index >= project.classes.length) return
      setClassIndex(index)
      if (selected.size > 0) edit(changeClass(list, selected, index))
    },
    toggleClass: (index: number) => setHidden((known) => toggled(known, index)),
    remove: (ids: ReadonlySet<string> = selected) => edit(removeMarks(list, ids), []),
    /** The selected guesses, or all that are shown. */
    accept: (ids: ReadonlySet<string> = selected) =>
      edit(acceptGuesses(list, (mark) => isVisible(mark) && (ids.size === 0 || ids.has(mark.id)))),
    reject: () =>
      edit(
        list.filter((mark) => !isGuess(mark) || !isVisible(mark)),
        [],
      ),
    selectAll: () => select(shown.map(({ id }) => id)),
    copy: () => setCopied(list.filter(({ id }) => selected.has(id))),
    paste: () => {
      if (copied.length === 0) return
      const pasted = pasteMarks(list, copied, size)
      edit(pasted.list, pasted.ids)
    },
    nudge: (x: number, y: number) => edit(changeBoxes(list, selected, (box) => moveBox(box, { x, y }, size))),
    stretch: (x: number, y: number) => edit(changeBoxes(list, selected, (box) => stretchBox(box, { x, y }, size))),
    /** A box in the middle, for those who draw with keys. */
    place: () => {
      if (kind?.kind !== 'box') return
      const box: BoundingBox = [size.width / 4, size.height / 4, size.width / 2, size.height / 2]
      const mark = personsBox(classIndex, box)
      edit([...list, mark], [mark.id])
    },
    fillHoles: () => edit(fillHolesOf(list, selected.size > 0 ? selected : new Set(shown.map(({ id }) => id)))),
    merge: () => {
      const merged = mergeMasks(list, selected)
      edit(merged.list, merged.touched ? [merged.touched] : undefined)
    },
  }
}
export type MarkingDesk = ReturnType<typeof useMarking>
