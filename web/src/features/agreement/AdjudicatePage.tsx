import { Button, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import {
  applyMerge,
  type Image,
  type ImageId,
  type LabelData,
  mergeReaders,
  type Project,
  type Reading,
  routes,
  type StudyId,
} from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useAct } from '../../ui/use-act.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { MergeBoard } from '../../workspace/merge/MergeBoard.tsx'
import { sourceColour } from '../../workspace/merge/source.ts'
import { FramesProvider } from '../../workspace/viewport/frames/frames-context.tsx'
import { labelQuery } from '../images/image-queries.ts'
import { useProject } from '../projects/use-project.ts'
import { readingsQuery } from '../readings/study-queries.ts'

/** What the readers said about one image, side by side, and the label that is made of it. */
export function AdjudicatePage() {
  const project = useProject()
  const { studyId, imageId } = useParams({ from: '/app/projects/$projectId/review/studies/$studyId/$imageId' })
  const readings = useQuery(readingsQuery(studyId as StudyId, imageId as ImageId))
  const label = useQuery(labelQuery(imageId as ImageId))
  const failed = readings.error ?? label.error
  if (failed) return <ErrorNotice error={failed} onRetry={() => void readings.refetch()} />
  if (!readings.data || !label.data) return <Waiting />
  const { image, items, adjudication } = readings.data
  return (
    <FramesProvider>
      <Board
        key={imageId}
        project={project}
        studyId={studyId as StudyId}
        image={image}
        readings={items}
        note={adjudication?.note ?? ''}
        etag={label.data.etag}
      />
    </FramesProvider>
  )
}

interface Props {
  project: Project
  studyId: StudyId
  image: Image
  readings: readonly Reading[]
  note: string
  etag: string | null
}

function Board({ project, studyId, image, readings, note: known, etag }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useAct()
  const [proposed] = useState(() => mergeReaders(readings.map(({ data }) => data as LabelData)))
  const [plan, setPlan] = useState(proposed)
  const [note, setNote] = useState(known)
  const params = { projectId: project.id, studyId }
  const merged = applyMerge(plan)
  const sources = readings.map(({ reader }, index) => ({
    key: reader.id,
    name: reader.username,
    colour: sourceColour(index),
  }))
  const save = (isDrawing: boolean) =>
    act(
      async () => {
        if (!merged) return
        await call(routes.adjudicate, {
          params: { studyId, imageId: image.id },
          body: {
            label: { type: project.taskType, data: merged },
            ...(note.trim() === '' ? {} : { note: note.trim() }),
          },
          ...(etag === null ? {} : { ifMatch: etag }),
        })
        await client.invalidateQueries({ queryKey: keys.label(image.id) })
        await client.invalidateQueries({ queryKey: keys.readings(studyId, image.id) })
        if (isDrawing) {
          await navigate({
            to: '/projects/$projectId/annotate',
            params: { projectId: project.id },
            search: { annotated: true, image: image.id },
          })
        } else await navigate({ to: '/projects/$projectId/review/studies/$studyId', params })
      },
      t('adjudicate.saved', { name: image.name }),
    )
  return (
    <MergeBoard {...{ project, image, sources, plan, proposed }} heading={image.name} onChange={setPlan}>
      <Textarea
        autosize
        minRows={1}
        maxRows={5}
        maxLength={4000}
        label={t('adjudicate.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button size="md" disabled={merged === null} onClick={() => save(false)}>
        {t('adjudicate.save')}
      </Button>
      <Button variant="default" disabled={merged === null} onClick={() => save(true)}>
        {t('adjudicate.draw')}
      </Button>
      <LinkButton variant="subtle" color="gray" to="/projects/$projectId/review/studies/$studyId" params={params}>
        {t('adjudicate.back')}
      </LinkButton>
    </MergeBoard>
  )
}
