import { Button, Group, Modal, Pill, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ImageId, type Person, type ProjectId, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { patchRun } from '../../api/patch-caches.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PersonSelect } from '../people/PersonSelect.tsx'

interface Props {
  projectId: ProjectId
  /** Chosen already; none: people are asked for. */
  imageIds?: readonly ImageId[]
  onClose: () => void
}

/** Trains from nothing without what some people answered, or without some images. */
export function TrainWithout({ projectId, imageIds = [], onClose }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const problemText = useProblemText()
  const [people, setPeople] = useState<readonly Person[]>([])
  const start = useMutation({
    mutationFn: () => {
      const without = { imageIds: [...imageIds], userIds: people.map(({ id }) => id) }
      return call(routes.startRun, { params: { projectId }, body: { without } })
    },
    onSuccess: (run) => {
      patchRun(client, run)
      onClose()
      void navigate({ to: '/projects/$projectId/training', params: { projectId } })
    },
  })
  const add = (person: Person | null) => {
    if (person && people.every(({ id }) => id !== person.id)) setPeople([...people, person])
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={imageIds.length > 0 ? t('without.imagesTitle', { count: imageIds.length }) : t('without.peopleTitle')}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {t('without.text')}
        </Text>
        {imageIds.length === 0 && (
          <>
            <PersonSelect key={people.length} isFirst label={t('without.person')} value={null} onChange={add} />
            <Group gap="xs">
              {people.map((person) => (
                <Pill
                  key={person.id}
                  withRemoveButton
                  onRemove={() => setPeople(people.filter((other) => other !== person))}
                  removeButtonProps={{
                    'aria-label': t('without.keep', { name: person.username }),
                    'aria-hidden': false,
                    tabIndex: 0,
                  }}
                >
                  {person.username}
                </Pill>
              ))}
            </Group>
          </>
        )}
        {start.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(start.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            loading={start.isPending}
            disabled={imageIds.length === 0 && people.length === 0}
            onClick={() => start.mutate()}
          >
            {t('without.start')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
