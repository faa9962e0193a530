import { type Image, type LabelFile, measuresOf, type Project } from '@vesalius/contracts'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { marksFromLabel } from '../marks/label-marks.ts'
import { MarkCanvas } from '../marks/MarkCanvas.tsx'
import { MeasureCanvas } from '../marks/MeasureCanvas.tsx'
import { markKindOf } from '../marks/tools.ts'
import { useTag } from '../marks/use-tag.ts'
import { ImageStage } from '../viewport/ImageStage.tsx'
import type { Stage } from '../viewport/stage.ts'
import { NO_ADJUSTMENT } from '../viewport/tone/adjustment.ts'

const NOTHING: ReadonlySet<string> = new Set()

interface Props {
  project: Project
  image: Image
  /** Without one, the image alone is shown. */
  label: LabelFile | undefined
  frame: number
  onFrame: (frame: number) => void
  over?: (stage: Stage) => ReactNode
}

/** An image with the marks of a label, to look at and not to change. */
export function LabelStage({ project, image, label, frame, onFrame, over }: Props) {
  const { t } = useTranslation()
  const tagOf = useTag(project)
  const [adjustment, setAdjustment] = useState(NO_ADJUSTMENT)
  const kind = markKindOf(project)
  const { width, height } = image
  const marks = useMemo(
    () => (label ? (marksFromLabel(label, project.classes, { width, height })?.list ?? []) : []),
    [label, project.classes, width, height],
  )
  const shown = useMemo(() => marks.filter((mark) => mark.frame === frame), [marks, frame])
  const measures = label ? measuresOf(label.data) : []
  return (
    <ImageStage
      image={image}
      frame={frame}
      onFrame={onFrame}
      isOn
      adjustment={adjustment}
      onAdjust={setAdjustment}
      command={null}
      over={(stage) => (
        <>
          {kind && (
            <MarkCanvas
              label={t('marks.count', { count: shown.length })}
              marks={shown}
              selected={NOTHING}
              hasInstances={kind.hasInstances}
              opacity={0.35}
              density={window.devicePixelRatio}
              {...{ stage, tagOf }}
            />
          )}
          {measures.length > 0 && <MeasureCanvas measures={measures} spacing={image.spacing} stage={stage} />}
          {over?.(stage)}
        </>
      )}
    />
  )
}
