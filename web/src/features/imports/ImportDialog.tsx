import { Button, FileButton, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconFileZip } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type DuplicateChoice, type ImportRequest, type Project, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { useUploads } from '../uploads/uploads-context.tsx'
import { DUPLICATE_CHOICES } from './duplicate-choices.ts'
import { FolderChooser } from './FolderChooser.tsx'

const WAYS = ['archive', 'folder', 'address'] as const
type Way = (typeof WAYS)[number]
const EXAMPLE = 'https://example.org/scans.zip'

/** Where many images come from. What is accepted goes on in the background; the report tells of each file. */
export function ImportDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const uploads = useUploads()
  const problemText = useProblemText()
  const [way, setWay] = useState<Way>('archive')
  const [folder, setFolder] = useState<string | null>(null)
  const [address, setAddress] = useState('')
  const [duplicates, setDuplicates] = useState<DuplicateChoice>(project.duplicates)
  const params = { projectId: project.id }
  const start = useMutation({
    mutationFn: (body: ImportRequest) => call(routes.createImport, { params, query: {}, body }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.imports(project.id) })
      onClose()
      await navigate({ to: '/projects/$projectId/imports', params })
    },
  })
  const send = (files: File[]) => {
    uploads.add(
      project.id,
      files.map((file) => ({ file, duplicates })),
    )
    onClose()
  }
  const ready: ImportRequest | null =
    way === 'folder' && folder !== null
      ? { kind: 'folder', path: folder, duplicates }
      : way === 'address' && address.trim() !== ''
        ? { kind: 'address', url: address.trim(), duplicates }
        : null
  return (
    <Modal opened onClose={onClose} title={t('imports.title')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) start.mutate(ready)
        }}
      >
        <Stack>
          <SegmentedControl
            aria-label={t('imports.way')}
            value={way}
            onChange={(value) => {
              setWay(value as Way)
              start.reset()
            }}
            data={WAYS.map((value) => ({ value, label: t(`imports.ways.${value}`) }))}
          />
          <Text size="sm" c="dimmed">
            {t(`imports.hints.${way}`)}
          </Text>
          {way === 'folder' && <FolderChooser projectId={project.id} path={folder} onPath={setFolder} />}
          {way === 'address' && (
            <TextInput
              data-autofocus
              label={t('imports.address')}
              placeholder={EXAMPLE}
              value={address}
              maxLength={4000}
              onChange={(event) => setAddress(event.currentTarget.value)}
            />
          )}
          <Select
            label={t('imports.duplicates')}
            allowDeselect={false}
            value={duplicates}
            data={DUPLICATE_CHOICES.map((value) => ({ value, label: t(`imports.duplicateChoices.${value}`) }))}
            onChange={(value) => setDuplicates(value as DuplicateChoice)}
          />
          {start.isError && (
            <Text role="alert" c="var(--trouble)">
              {problemText(start.error)}
            </Text>
          )}
          <Group justify="space-between">
            <Group gap={0}>
              <LinkButton to="/projects/$projectId/imports" params={params} variant="subtle">
                {t('imports.all')}
              </LinkButton>
              <LinkButton to="/projects/$projectId/dicom" params={params} variant="subtle">
                {t('dicom.open')}
              </LinkButton>
            </Group>
            {way === 'archive' ? (
              <FileButton multiple accept=".zip,application/zip" onChange={send}>
                {(props) => (
                  <Button {...props} leftSection={<IconFileZip size={16} />}>
                    {t('imports.choose')}
                  </Button>
                )}
              </FileButton>
            ) : (
              <Button type="submit" disabled={ready === null} loading={start.isPending}>
                {t('imports.start')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
