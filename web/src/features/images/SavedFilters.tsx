import { ActionIcon, Button, Divider, Group, Modal, Popover, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconBookmarkPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ProjectId, routes, type SavedFilter } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { PANEL_ITEM } from '../../ui/panel-item.ts'
import { useAct } from '../../ui/use-act.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { type ImageFilter, isNarrowed, readQuery, writeQuery } from './image-filter.ts'

interface Props {
  projectId: ProjectId
  filter: ImageFilter
}

const keyOf = (projectId: ProjectId) => ['saved-filters', projectId]

/** Filters under names of one's own: chosen, kept and forgotten here. */
export function SavedFilters({ projectId, filter }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const act = useAct()
  const [isOpen, list] = useDisclosure(false)
  const [isNaming, naming] = useDisclosure(false)
  const queryKey = keyOf(projectId)
  const params = { projectId }
  const saved = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await call(routes.listSavedFilters, { params, signal })).items,
  }).data
  const forget = async (filterId: SavedFilter['id']) => {
    await call(routes.deleteSavedFilter, { params: { projectId, filterId } })
    await client.invalidateQueries({ queryKey })
  }
  const canSave = isNarrowed(filter) || filter.order !== undefined
  if (!canSave && (saved === undefined || saved.length === 0)) return null
  return (
    <>
      <Popover position="bottom-start" width={260} shadow="md" trapFocus opened={isOpen} onChange={list.set}>
        <Popover.Target>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('filters.saved')}
            title={t('filters.saved')}
            onClick={list.toggle}
          >
            <IconBookmark size={16} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={6} aria-label={t('filters.saved')}>
          {saved?.map(({ id, name, query }) => (
            <Group key={id} gap={2} wrap="nowrap">
              <Button
                {...PANEL_ITEM}
                h="auto"
                py={7}
                styles={{ label: { whiteSpace: 'normal', overflowWrap: 'anywhere', textAlign: 'start' } }}
                onClick={() => {
                  list.close()
                  void navigate({ to: '/projects/$projectId', params, search: readQuery(query) })
                }}
              >
                {name}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('filters.forget', { name })}
                title={t('filters.forget', { name })}
                onClick={() => act(() => forget(id))}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Group>
          ))}
          {saved && saved.length > 0 && <Divider my={4} />}
          <Button
            {...PANEL_ITEM}
            disabled={!canSave}
            leftSection={<IconBookmarkPlus size={16} />}
            onClick={() => {
              list.close()
              naming.open()
            }}
          >
            {t('filters.save')}
          </Button>
        </Popover.Dropdown>
      </Popover>
      {isNaming && <NameDialog projectId={projectId} filter={filter} onClose={naming.close} />}
    </>
  )
}

function NameDialog({ projectId, filter, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const save = useMutation({
    mutationFn: () => call(routes.saveFilter, { params: { projectId }, body: { name, query: writeQuery(filter) } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keyOf(projectId) })
      onClose()
    },
  })
  return (
    <Modal opened onClose={onClose} title={t('filters.saveTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={t('filters.name')}
            description={t('filters.nameHelp')}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={save.isError && problemText(save.error)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
