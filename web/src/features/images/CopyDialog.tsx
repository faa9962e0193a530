import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Image, Person } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../accounts/account-queries.ts'
import { PersonSelect } from '../people/PersonSelect.tsx'
import type { Deed } from './act-on-images.ts'

interface Props {
  images: readonly Image[]
  onCopy: (deed: Deed) => void
  onClose: () => void
}

/** Gives somebody images of their own that use the same files. */
export function CopyDialog({ images, onCopy, onClose }: Props) {
  const { t } = useTranslation()
  const me = useQuery(meQuery).data
  const [person, setPerson] = useState<Person | null>(null)
  const known = me ? [{ id: me.id, username: me.username }] : []
  return (
    <Modal opened onClose={onClose} title={t('files.copyTitle', { count: images.length, name: images[0]?.name ?? '' })}>
      <Stack>
        <Text c="dimmed" size="sm">
          {t('files.copyText')}
        </Text>
        <PersonSelect isFirst label={t('files.copyTo')} known={known} value={person} onChange={setPerson} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            disabled={!person}
            onClick={() => {
              if (person) onCopy({ action: 'copy', userId: person.id })
              onClose()
            }}
          >
            {t('files.copy')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
