import { Button } from '@mantine/core'
import { applyMerge, type Image, type LabelFile, mergeTwo, type Project } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelBody } from '../label-body.ts'
import { MergeBoard } from '../merge/MergeBoard.tsx'
import { sourceColour } from '../merge/source.ts'
import { FramesProvider } from '../viewport/frames/frames-context.tsx'

interface Props {
  project: Project
  image: Image
  theirs: LabelFile
  author: string
  base: LabelFile | null
  /** Null: I was taking my answer back. */
  mine: LabelBody | null
  onTakeTheirs: () => void
  onSave: (body: LabelBody | null) => void
}

export function ConflictBoard({ project, image, theirs, author, base, mine, onTakeTheirs, onSave }: Props) {
  const { t } = useTranslation()
  const [proposed] = useState(
    () => mine && mergeTwo({ base: base?.data ?? null, theirs: theirs.data, mine: mine.data }),
  )
  const [plan, setPlan] = useState(proposed)
  const takeTheirs = (
    <Button variant="default" onClick={onTakeTheirs}>
      {t('merge.onlyTheirs', { name: author })}
    </Button>
  )
  if (!mine || !proposed || !plan) {
    return (
      <div style={{ display: 'grid', gap: 10, padding: 16 }}>
        <p>{t('merge.takeBackText', { name: author })}</p>
        {takeTheirs}
        <Button onClick={() => onSave(null)}>{t('merge.takeBackAnyway')}</Button>
      </div>
    )
  }
  const merged = applyMerge(plan)
  const sources = [
    { key: 'theirs', name: author, colour: sourceColour(0) },
    { key: 'mine', name: t('merge.mine'), whole: t('merge.allMine'), colour: sourceColour(1) },
  ]
  return (
    <FramesProvider>
      <MergeBoard {...{ project, image, sources, plan, proposed }} onChange={setPlan}>
        <Button
          size="md"
          data-autofocus
          disabled={merged === null}
          onClick={() => merged && onSave({ type: mine.type, data: merged } as LabelBody)}
        >
          {t('merge.save')}
        </Button>
        {takeTheirs}
      </MergeBoard>
    </FramesProvider>
  )
}
