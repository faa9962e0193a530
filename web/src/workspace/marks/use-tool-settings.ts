import type { Project } from '@vesalius/contracts'
import { useState } from 'react'
import type { MeasureKind } from './measure.ts'
import type { Range } from './pixels/threshold.ts'
import { type MarkTool, markKindOf, toolsFor } from './tools.ts'

const LARGEST_RADIUS = 500

/** The tool in hand and how each of them is set; kept from image to image. */
export function useToolSettings(project: Project) {
  const tools = toolsFor(project)
  const [tool, setTool] = useState<MarkTool>(tools[0] ?? 'hand')
  const [classIndex, setClassIndex] = useState(0)
  const [radius, setRadius] = useState(8)
  const [tolerance, setTolerance] = useState(24)
  const [range, setRange] = useState<Range>([0, 128])
  const [fieldShape, setFieldShape] = useState<'box' | 'brush'>('box')
  const [patchSide, setPatchSide] = useState(20)
  const [measureKind, setMeasureKind] = useState<MeasureKind>('length')
  const [opacity, setOpacity] = useState(0.35)
  const [isOutline, setIsOutline] = useState(false)
  /** Pixels of other masks stay theirs; cells never overlap, whatever is chosen. */
  const [protects, setProtects] = useState(true)
  return {
    ...{ tools, tool, setTool, classIndex, setClassIndex, radius, tolerance, setTolerance, range, setRange },
    ...{ fieldShape, setFieldShape, patchSide, setPatchSide, measureKind, setMeasureKind },
    ...{ isOutline, toggleOutline: () => setIsOutline((is) => !is) },
    ...{ opacity, setOpacity, protects: protects || (markKindOf(project)?.hasInstances ?? false), setProtects },
    setRadius: (next: number) => setRadius(Math.min(LARGEST_RADIUS, Math.max(0.5, next))),
  }
}
