import { Button, Group, NumberInput, PasswordInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import {
  answersAtOnce,
  hasAddress,
  type ProjectId,
  REMOTE_KINDS,
  type RemoteKind,
  type RemoteServer,
  RemoteSettings,
  routes,
} from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { TensorFields } from './TensorFields.tsx'

interface Props {
  projectId: ProjectId
  server: RemoteServer | null
  isInUse: boolean
  onSaved: () => Promise<void>
}

/** Which machine elsewhere, how it is reached, and how long it may take. */
export function RemoteForm({ projectId, server, isInUse, onSaved }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [draft, setDraft] = useState<RemoteSettings>(server?.settings ?? RemoteSettings.parse({ kind: 'worker' }))
  const [bearer, setBearer] = useState('')
  const change = (part: Partial<RemoteSettings>) => setDraft({ ...draft, ...part })
  const { kind } = draft
  const save = useMutation({
    mutationFn: async () => {
      const body = { ...draft, url: hasAddress(kind) ? draft.url : null, ...(bearer ? { bearer } : {}) }
      await call(routes.putRemote, { params: { projectId }, body })
      await onSaved()
    },
    onSuccess: () => setBearer(''),
  })
  const named = kind === 'open-inference' || kind === 'monai'
  const detail = save.error instanceof ApiProblem && save.error.code === 'VALIDATION_FAILED'
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('remote.kind')}
          description={t(`remote.kinds.${kind}.text`)}
          value={kind}
          allowDeselect={false}
          data={REMOTE_KINDS.map((value) => ({ value, label: t(`remote.kinds.${value}.name`) }))}
          onChange={(value) => value && change({ kind: value as RemoteKind })}
        />
        {hasAddress(kind) && (
          <TextInput
            type="url"
            required
            label={t('remote.url')}
            description={t('remote.urlHelp')}
            placeholder={t('remote.urlPlaceholder')}
            value={draft.url ?? ''}
            onChange={(event) => change({ url: event.currentTarget.value || null })}
          />
        )}
        {named && (
          <TextInput
            required
            label={t('remote.model')}
            description={t('remote.modelHelp')}
            value={draft.model ?? ''}
            onChange={(event) => change({ model: event.currentTarget.value || null })}
          />
        )}
        {hasAddress(kind) && (
          <PasswordInput
            label={t('remote.bearer')}
            description={server?.hasBearer ? t('remote.bearerKept') : t('remote.bearerHelp')}
            autoComplete="off"
            value={bearer}
            onChange={(event) => setBearer(event.currentTarget.value)}
          />
        )}
        {(kind === 'push' || kind === 'label-studio') && (
          <Select
            label={t('remote.sends')}
            description={t('remote.sendsHelp')}
            value={draft.sends}
            allowDeselect={false}
            data={(['address', 'bytes'] as const).map((value) => ({ value, label: t(`remote.sendsAs.${value}`) }))}
            onChange={(value) => value && change({ sends: value as RemoteSettings['sends'] })}
          />
        )}
        {(kind === 'push' || kind === 'pull') && (
          <Select
            label={t('remote.picture')}
            value={draft.picture}
            allowDeselect={false}
            data={(['png', 'original'] as const).map((value) => ({ value, label: t(`remote.pictures.${value}`) }))}
            onChange={(value) => value && change({ picture: value as RemoteSettings['picture'] })}
          />
        )}
        {kind === 'open-inference' && (
          <TensorFields tensors={draft.tensors} onChange={(tensors) => change({ tensors })} />
        )}
        {!answersAtOnce(kind) && (
          <NumberInput
            label={t('remote.patience')}
            description={t('remote.patienceHelp')}
            min={1}
            max={10_080}
            allowDecimal={false}
            value={draft.answerWithinMinutes}
            onChange={(value) => typeof value === 'number' && change({ answerWithinMinutes: value })}
          />
        )}
        <Switch
          label={t('remote.fallsBack')}
          description={t('remote.fallsBackHelp')}
          checked={draft.fallsBack}
          onChange={(event) => change({ fallsBack: event.currentTarget.checked })}
        />
        {save.isError && (
          <Text role="alert" c="var(--trouble)">
            {detail && kind === 'push' ? t('remote.refusedPush') : problemText(save.error)}
          </Text>
        )}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {isInUse ? t('common.save') : t('remote.use')}
          </Button>
          {save.isSuccess && <Text c="var(--person)">{t('common.saved')}</Text>}
        </Group>
      </Stack>
    </form>
  )
}
