import { Modal, Progress, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CELL_KINDS } from '@vesalius/imaging'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '../../api/keys.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { ANNOTATED_SAMPLES, OPEN_SAMPLES, SAMPLE_COUNT } from './draw-samples.ts'
import { prepareSamples, type SamplesFailure } from './prepare-samples.ts'

/** Prepares the samples while it is open and shows how far it is; closing it gives them up. */
export function SampleDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [attempt, setAttempt] = useState(1)
  const [drawn, setDrawn] = useState(0)
  const [uploaded, setUploaded] = useState(0)
  const [failure, setFailure] = useState<SamplesFailure | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: one go per opening of the dialog and per further attempt
  useEffect(() => {
    const controller = new AbortController()
    const classes = CELL_KINDS.map((kind) => t(`sample.kinds.${kind}`))
    const watcher = { onDrawn: setDrawn, onUploaded: setUploaded, signal: controller.signal }
    prepareSamples(t('projects.sampleName'), classes, watcher)
      .then(({ id, projectId }) =>
        navigate({ to: '/projects/$projectId/training', params: { projectId }, search: { run: id } }),
      )
      .catch((error: SamplesFailure) => !controller.signal.aborted && setFailure(error))
      .finally(() => void client.invalidateQueries({ queryKey: keys.projects }))
    return () => controller.abort()
  }, [attempt])
  const retry = () => {
    setFailure(null)
    setDrawn(0)
    setUploaded(0)
    setAttempt(attempt + 1)
  }
  return (
    <Modal opened onClose={onClose} title={t('sample.title')} closeOnClickOutside={false}>
      {failure ? (
        <ErrorNotice
          title={t('sample.failed')}
          error={failure.cause}
          after={t(failure.isRemoved ? 'sample.removed' : 'sample.kept', { name: t('projects.sampleName') })}
          onRetry={retry}
        />
      ) : (
        <Stack>
          <Text c="dimmed">{t('sample.note', { annotated: ANNOTATED_SAMPLES, open: OPEN_SAMPLES })}</Text>
          <Stage name={t('sample.draw')} share={drawn / SAMPLE_COUNT}>
            {t('sample.drawText', { done: drawn, total: SAMPLE_COUNT })}
          </Stage>
          <Stage name={t('sample.upload')} share={uploaded / SAMPLE_COUNT}>
            {t('sample.uploadText', { done: uploaded, total: SAMPLE_COUNT })}
          </Stage>
          <Text c="dimmed" role="status">
            {t(uploaded === SAMPLE_COUNT ? 'sample.trainText' : 'sample.nextText')}
          </Text>
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
