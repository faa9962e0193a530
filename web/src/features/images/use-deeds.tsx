import { Button, Group, List, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import type { Image, Problem, ProjectId } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '../../api/keys.ts'
import { dropImage } from '../../api/patch-caches.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { actOnImages, type Deed, type Outcome, opposite } from './act-on-images.ts'

const UNDO_MS = 12_000
const MOST_NAMED = 5

/** Does something to images, says how it went and which were refused why, and offers to take it back. */
export function useDeeds(projectId: ProjectId) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [progress, setProgress] = useState<{ asked: number; total: number } | null>(null)

  const settle = async (deed: Deed, { done }: Outcome) => {
    if (deed.action === 'delete' || deed.action === 'restore' || deed.action === 'purge') {
      for (const imageId of done) dropImage(client, projectId, imageId)
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: keys.imagesOf(projectId) }),
      client.invalidateQueries({ queryKey: keys.project(projectId) }),
    ])
  }
  const report = (deed: Deed, outcome: Outcome, images: readonly Pick<Image, 'id' | 'name'>[]) => {
    const back = opposite(deed)
    const id = `deed-${Date.now()}`
    const undo = () => {
      notifications.hide(id)
      if (back) void run(back, outcome.done, images, false)
    }
    notifications.show({
      id,
      autoClose: UNDO_MS,
      color: outcome.refused.length > 0 ? 'cinnabar' : undefined,
      message: (
        <>
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{t(`files.done.${deed.action}`, { count: outcome.done.length })}</Text>
            {back && outcome.done.length > 0 && (
              <Button size="compact-sm" variant="default" onClick={undo}>
                {t('files.undo')}
              </Button>
            )}
          </Group>
          <Refused refused={outcome.refused} images={images} textOf={problemText} />
        </>
      ),
    })
  }
  const run = async (
    deed: Deed,
    imageIds: readonly string[],
    images: readonly Pick<Image, 'id' | 'name'>[],
    isReported = true,
  ): Promise<Outcome | null> => {
    setProgress({ asked: 0, total: imageIds.length })
    try {
      const outcome = await actOnImages(projectId, imageIds, deed, (asked) =>
        setProgress({ asked, total: imageIds.length }),
      )
      await settle(deed, outcome)
      if (isReported || outcome.refused.length > 0) report(deed, outcome, images)
      else notifications.show({ message: t('files.undone') })
      return outcome
    } catch (error) {
      notifications.show({ color: 'cinnabar', message: problemText(error) })
      return null
    } finally {
      setProgress(null)
    }
  }
  return { run, progress }
}

interface RefusedProps {
  refused: Outcome['refused']
  images: readonly Pick<Image, 'id' | 'name'>[]
  textOf: (error: Problem) => string
}

function Refused({ refused, images, textOf }: RefusedProps) {
  const { t } = useTranslation()
  if (refused.length === 0) return null
  const nameOf = (imageId: string) => images.find(({ id }) => id === imageId)?.name ?? imageId
  return (
    <>
      <Text size="sm" mt={6} fw={600}>
        {t('files.refused', { count: refused.length })}
      </Text>
      <List size="xs">
        {refused.slice(0, MOST_NAMED).map(({ imageId, error }) => (
          <List.Item key={imageId}>
            {nameOf(imageId)}: {textOf(error)}
          </List.Item>
        ))}
      </List>
      {refused.length > MOST_NAMED && <Text size="xs">{t('files.more', { count: refused.length - MOST_NAMED })}</Text>}
    </>
  )
}
