import { ActionIcon, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconUserMinus } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Image, type Person, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useAct } from '../../ui/use-act.ts'
import { PersonSelect } from '../people/PersonSelect.tsx'
import type { Deed } from './act-on-images.ts'

interface Props {
  images: readonly Image[]
  onShare: (deed: Deed) => void
  onClose: () => void
}

/** Adds an editor to images; for a single one it also tells who has it and ends shares. */
export function ShareDialog({ images, onShare, onClose }: Props) {
  const { t } = useTranslation()
  const [person, setPerson] = useState<Person | null>(null)
  const [only] = images.length === 1 ? images : []
  return (
    <Modal opened onClose={onClose} title={t('files.shareTitle', { count: images.length, name: only?.name ?? '' })}>
      <Stack>
        <Text c="dimmed" size="sm">
          {t('files.shareText')}
        </Text>
        <PersonSelect isFirst label={t('files.shareWith')} value={person} onChange={setPerson} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            disabled={!person}
            onClick={() => {
              if (person) onShare({ action: 'share', userId: person.id })
              onClose()
            }}
          >
            {t('files.share')}
          </Button>
        </Group>
        {only && only.editorCount > 0 && <Editors image={only} />}
      </Stack>
    </Modal>
  )
}

function Editors({ image }: { image: Image }) {
  const { t } = useTranslation()
  const format = useFormat()
  const client = useQueryClient()
  const act = useAct()
  const params = { imageId: image.id }
  const queryKey = ['editors', image.id]
  const editors = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await call(routes.listEditors, { params, signal })).items,
  })
  const end = async (userId: Person['id']) =>
    client.setQueryData(queryKey, (await call(routes.removeEditor, { params, body: { userId } })).items)
  return (
    <section>
      <Text fw={600} size="sm" component="h3">
        {t('files.editors')}
      </Text>
      {editors.data?.map(({ id, username, addedAt }) => (
        <Group key={id} justify="space-between" py={4}>
          <Text size="sm">
            {username}{' '}
            <Text span c="dimmed" size="xs">
              {format.ago(addedAt)}
            </Text>
          </Text>
          <ActionIcon
            variant="subtle"
            color="cinnabar"
            aria-label={t('files.unshare', { name: username })}
            title={t('files.unshare', { name: username })}
            onClick={() => act(() => end(id))}
          >
            <IconUserMinus size={17} />
          </ActionIcon>
        </Group>
      ))}
    </section>
  )
}
