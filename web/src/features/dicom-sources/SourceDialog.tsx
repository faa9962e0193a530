import { Button, Checkbox, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type DicomSource, type DicomSourceAuth, type ProjectId, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Trouble } from '../../ui/Trouble.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { dicomKeys } from './dicom-source-queries.ts'

interface Props {
  projectId: ProjectId
  /** Null: a new one. */
  source: DicomSource | null
  /** Whether it may be made for the whole installation. */
  mayShare: boolean
  onClose: () => void
  onSaved: (id: string) => void
}

const WAYS: readonly DicomSourceAuth[] = ['none', 'basic', 'bearer']
const EXAMPLE = 'https://pacs.example.org/dicom-web'

/** Where a DICOMweb server is and how it lets us in. A secret goes one way only. */
export function SourceDialog({ projectId, source, mayShare, onClose, onSaved }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [draft, setDraft] = useState({
    name: source?.name ?? '',
    url: source?.url ?? '',
    auth: source?.auth ?? ('none' as DicomSourceAuth),
    username: source?.username ?? '',
  })
  const [secret, setSecret] = useState('')
  const [isShared, setShared] = useState(source?.projectId === null)
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part })
  const done = async () => {
    await client.invalidateQueries({ queryKey: dicomKeys.sources(projectId) })
    onClose()
  }
  const save = useMutation({
    mutationFn: () => {
      const body = { ...draft, url: draft.url.trim(), ...(secret ? { secret } : {}) }
      if (!source) {
        return isShared
          ? call(routes.createSharedDicomSource, { body })
          : call(routes.createDicomSource, { params: { projectId }, body })
      }
      return source.projectId === null
        ? call(routes.changeSharedDicomSource, { params: { sharedSourceId: source.id }, body })
        : call(routes.changeDicomSource, { params: { projectId, dicomSourceId: source.id }, body })
    },
    onSuccess: async ({ id }) => {
      onSaved(id)
      await done()
    },
  })
  const remove = useMutation({
    mutationFn: async () => {
      if (!source) return
      if (source.projectId === null) {
        await call(routes.deleteSharedDicomSource, { params: { sharedSourceId: source.id } })
      } else await call(routes.deleteDicomSource, { params: { projectId, dicomSourceId: source.id } })
    },
    onSuccess: done,
  })
  const keepsSecret = source?.hasSecret && source.url === draft.url && source.auth === draft.auth
  const failed = save.error ?? remove.error
  return (
    <Modal opened onClose={onClose} title={t(source ? 'dicom.changeTitle' : 'dicom.addTitle')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('dicom.name')}
            maxLength={80}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            required
            type="url"
            label={t('dicom.url')}
            description={t('dicom.urlHelp')}
            placeholder={EXAMPLE}
            maxLength={2000}
            value={draft.url}
            onChange={(event) => change({ url: event.currentTarget.value })}
          />
          <Select
            label={t('dicom.auth')}
            value={draft.auth}
            allowDeselect={false}
            data={WAYS.map((value) => ({ value, label: t(`dicom.auths.${value}`) }))}
            onChange={(value) => value && change({ auth: value as DicomSourceAuth })}
          />
          {draft.auth === 'basic' && (
            <TextInput
              required
              label={t('dicom.username')}
              autoComplete="off"
              maxLength={200}
              value={draft.username}
              onChange={(event) => change({ username: event.currentTarget.value })}
            />
          )}
          {draft.auth !== 'none' && (
            <PasswordInput
              required={!keepsSecret}
              label={t(draft.auth === 'basic' ? 'dicom.password' : 'dicom.token')}
              description={keepsSecret ? t('dicom.secretKept') : t('dicom.secretHelp')}
              autoComplete="off"
              maxLength={4000}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
            />
          )}
          {!source && mayShare && (
            <Checkbox
              label={t('dicom.shared')}
              description={t('dicom.sharedHelp')}
              checked={isShared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          {failed && <Trouble>{problemText(failed)}</Trouble>}
          <Group justify="space-between">
            {source ? (
              <Button variant="subtle" color="cinnabar" loading={remove.isPending} onClick={() => remove.mutate()}>
                {t('dicom.remove')}
              </Button>
            ) : (
              <span />
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={save.isPending}>
                {t('common.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
