import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { MarkCanvas } from '../marks/MarkCanvas.tsx'
import type { Mark } from '../marks/mark.ts'
import { onFrame } from '../marks/mark-edits.ts'
import type { MarkingDesk } from '../marks/use-marking.ts'
import type { Stage } from '../viewport/stage.ts'

interface Props {
  marks: readonly Mark[]
  /** Whose opacity and outlines they follow. */
  desk: MarkingDesk
  stage: Pick<Stage, 'view' | 'frame' | 'width' | 'height'>
  tagOf: (mark: Mark) => string
}

const NONE: ReadonlySet<string> = new Set()

/** Marks to be looked at only. */
export function BesideMarks({ marks, desk, stage, tagOf }: Props) {
  const { t } = useTranslation()
  const shown = useMemo(() => onFrame(marks, stage.frame), [marks, stage.frame])
  return (
    <MarkCanvas
      label={t('marks.count', { count: shown.length })}
      marks={shown}
      selected={NONE}
      hasInstances={desk.hasInstances}
      opacity={desk.isOutline ? 0 : desk.opacity}
      density={window.devicePixelRatio}
      {...{ stage, tagOf }}
    />
  )
}
