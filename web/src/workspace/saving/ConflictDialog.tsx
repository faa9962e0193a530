import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { countMarks, type Image, type ImageId, type Project, readClassAnswer, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { exchange } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { useNames } from '../../features/projects/default-names.ts'
import type { LabelBody } from '../label-body.ts'
import { mergeBodies } from './merge-bodies.ts'
import type { Save, SaveQueue } from './save-queue.ts'

interface Props {
  project: Project
  items: readonly Image[]
  queue: SaveQueue<LabelBody | null>
  saves: readonly Save<LabelBody | null>[]
}

/** Two people answered the same image: shows both answers and lets the second decide. */
export function ConflictDialog({ project, items, queue, saves }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { className } = useNames()
  const save = saves.find((candidate) => candidate.status === 'conflict')
  const theirs = useQuery({
    queryKey: ['conflict', save?.imageId, save?.etag],
    queryFn: async ({ signal }) => {
      const params = { imageId: save?.imageId as ImageId }
      const { body, etag } = await exchange(routes.getLabel, { params, signal })
      return { label: body, etag }
    },
    enabled: save !== undefined,
  }).data
  if (!save) return null
  const say = (label: LabelBody | null) => {
    if (!label) return t('annotate.noAnswer')
    const marks = countMarks(label.data)
    if (marks !== null) return t('marks.count', { count: marks })
    if ('tags' in label.data) return label.data.tags?.join(', ') || t('annotate.noAnswer')
    const value = readClassAnswer(label.data)?.value ?? null
    return value === null ? t('annotate.noAnswer') : className(project.classes[value] ?? '')
  }
  const both = theirs && save.body ? mergeBodies(theirs.label as LabelBody, save.body) : null
  const keepBoth = () => {
    if (theirs && both) queue.overwrite(save.imageId, theirs.etag, both)
  }
  const keepTheirs = () => {
    queue.discard(save.imageId)
    if (theirs) client.setQueryData(keys.label(save.imageId), theirs)
  }
  const name = items.find((item) => item.id === save.imageId)?.name ?? ''
  return (
    <Modal opened onClose={() => {}} withCloseButton={false} title={t('annotate.conflictTitle')}>
      <Stack>
        <Text>{t('annotate.conflictText', { name })}</Text>
        <Text>
          {t('annotate.conflictTheirs')}: <strong>{theirs ? say(theirs.label) : t('common.loading')}</strong>
        </Text>
        <Text>
          {t('annotate.conflictMine')}: <strong>{say(save.body)}</strong>
        </Text>
        <Group justify="flex-end">
          <Button variant="default" disabled={!theirs} onClick={keepTheirs}>
            {t('annotate.keepTheirs')}
          </Button>
          {both && (
            <Button variant="light" onClick={keepBoth}>
              {t('annotate.keepBoth')}
            </Button>
          )}
          <Button disabled={!theirs} onClick={() => theirs && queue.overwrite(save.imageId, theirs.etag)}>
            {t('annotate.keepMine')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
