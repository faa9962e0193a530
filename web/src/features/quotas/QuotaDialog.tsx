import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { SetQuota } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { QuotaFields } from './QuotaFields.tsx'

interface Props {
  name: string
  quota: SetQuota
  onClose: () => void
  onSave: (quota: SetQuota) => Promise<unknown>
}

/** The quota of one person or organisation. */
export function QuotaDialog({ name, quota, onClose, onSave }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [value, setValue] = useState(quota)
  const save = useMutation({ mutationFn: () => onSave(value), onSuccess: onClose })
  return (
    <Modal opened onClose={onClose} title={t('quotas.of', { name })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack>
          <QuotaFields value={value} hasDefault onChange={setValue} />
          {save.isError && (
            <Text role="alert" c="var(--trouble)">
              {problemText(save.error)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('rules.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
