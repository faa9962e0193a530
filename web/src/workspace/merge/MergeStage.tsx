import type { Image, MergePlan, Project } from '@vesalius/contracts'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import layer from '../marks/Marks.module.css'
import { ImageStage } from '../viewport/ImageStage.tsx'
import type { Stage } from '../viewport/stage.ts'
import { NO_ADJUSTMENT } from '../viewport/tone/adjustment.ts'
import { drawSources, type SourceMark } from './draw-sources.ts'
import { sourceMarks } from './source.ts'

interface Props {
  project: Project
  image: Image
  plan: MergePlan
  rowId: string | null
}

/** The image with everybody's marks over it, each in its maker's colour and line. */
export function MergeStage({ project, image, plan, rowId }: Props) {
  const [adjustment, setAdjustment] = useState(NO_ADJUSTMENT)
  const [frame, setFrame] = useState(0)
  const marks = useMemo(() => (plan.kind === 'marks' ? sourceMarks(plan, project, image) : []), [plan, project, image])
  return (
    <ImageStage
      image={image}
      frame={frame}
      onFrame={setFrame}
      isOn={false}
      adjustment={adjustment}
      onAdjust={setAdjustment}
      command={null}
      over={(stage) => (
        <SourceCanvas stage={stage} marks={marks.filter(({ mark }) => mark.frame === frame)} rowId={rowId} />
      )}
    />
  )
}

function SourceCanvas({ stage, marks, rowId }: { stage: Stage; marks: readonly SourceMark[]; rowId: string | null }) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { view, width, height } = stage
  const density = window.devicePixelRatio
  useLayoutEffect(() => {
    if (canvas.current) drawSources(canvas.current, { view, density, marks, rowId })
  })
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t('marks.count', { count: marks.length })}
      className={layer.layer}
      style={{ width, height, pointerEvents: 'none' }}
      width={Math.round(width * density)}
      height={Math.round(height * density)}
    />
  )
}
