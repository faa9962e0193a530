import { Modal, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type Project, routes } from '@vesalius/contracts'
import { CELL_KINDS } from '@vesalius/imaging'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { sendFiles } from '../uploads/send-files.ts'
import { UploadQueue } from '../uploads/upload-queue.ts'
import { ANNOTATED_SAMPLES, drawSamples, OPEN_SAMPLES, SAMPLE_COUNT, SAMPLE_TASK_TYPE } from './draw-samples.ts'
import { uploadAll } from './upload-all.ts'

const BUDGET_MINUTES = 0.5

/** Draws, uploads and trains through the same doors as a person's own images, and shows how far it is. */
export function SampleDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [drawn, setDrawn] = useState(0)
  const [uploaded, setUploaded] = useState(0)
  const [error, setError] = useState<unknown>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one go per opening of the dialog
  useEffect(() => {
    const controller = new AbortController()
    const { signal } = controller
    const run = async () => {
      const classes = CELL_KINDS.map((kind) => t(`sample.kinds.${kind}`))
      const files = await drawSamples(classes, setDrawn, signal)
      const body = { name: t('projects.sampleName'), taskType: SAMPLE_TASK_TYPE, classes }
      const project: Project = await call(routes.createProject, { body, signal })
      await uploadAll(new UploadQueue(sendFiles), project.id, files, setUploaded, signal)
      const params = { projectId: project.id }
      const started = await call(routes.startRun, { params, body: { budgetMinutes: BUDGET_MINUTES }, signal })
      await client.invalidateQueries({ queryKey: keys.projects })
      await navigate({ to: '/projects/$projectId/training', params, search: { run: started.id } })
    }
    run().catch((failure: unknown) => !signal.aborted && setError(failure))
    return () => controller.abort()
  }, [])
  return (
    <Modal opened onClose={onClose} title={t('sample.title')} closeOnClickOutside={false}>
      {error ? (
        <ErrorNotice title={t('sample.failed')} error={error} />
      ) : (
        <Stack>
          <Text c="dimmed">{t('sample.note', { annotated: ANNOTATED_SAMPLES, open: OPEN_SAMPLES })}</Text>
          <Stage name={t('sample.draw')} share={drawn / SAMPLE_COUNT}>
            {t('sample.drawText', { done: drawn, total: SAMPLE_COUNT })}
          </Stage>
          <Stage name={t('sample.upload')} share={uploaded / SAMPLE_COUNT}>
            {t('sample.uploadText', { done: uploaded, total: SAMPLE_COUNT })}
          </Stage>
          {uploaded === SAMPLE_COUNT && <Text>{t('sample.trainText')}</Text>}
        </Stack>
      )}
    </Modal>
  )
}

function Stage({ name, share, children }: { name: string; share: number; children: string }) {
  return (
    <div>
      <Text fw={500} mb={4}>
        {name}{' '}
        <Text span size="xs" c="dimmed">
          {children}
        </Text>
      </Text>
      <Progress value={share * 100} aria-label={name} />
    </div>
  )
}
