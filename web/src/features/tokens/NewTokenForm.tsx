import { Button, Group, Select, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { SecretNotice } from './SecretNotice.tsx'

interface Asked {
  name: string
  expiresInDays: number | null
}

interface Props {
  label: string
  placeholder: string
  make: (asked: Asked) => Promise<{ secret: string }>
  /** More to choose; not yet complete while `isIncomplete`. */
  children?: ReactNode
  isIncomplete?: boolean
  /** What to do with the secret. */
  hint?: (secret: string) => ReactNode
}

/** Makes a token with a name and an end, and shows its secret once. */
export function NewTokenForm({ label, placeholder, make, children, isIncomplete = false, hint }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const create = useMutation({
    mutationFn: () => make({ name, expiresInDays: days === 'forever' ? null : Number(days) }),
    onSuccess: () => setName(''),
  })
  const periods = [30, 90, 365].map((count) => ({
    value: String(count),
    label: t('tokens.daysValue', { days: count }),
  }))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate()
      }}
    >
      <Group align="end" gap="xs">
        <TextInput
          style={{ flex: 1, minWidth: 160 }}
          label={label}
          placeholder={placeholder}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          w={130}
          label={t('tokens.days')}
          value={days}
          allowDeselect={false}
          onChange={(value) => setDays(value ?? '90')}
          data={[...periods, { value: 'forever', label: t('tokens.forever') }]}
        />
        <Button type="submit" disabled={name.trim() === '' || isIncomplete} loading={create.isPending}>
          {t('tokens.create')}
        </Button>
      </Group>
      {children}
      {create.isError && (
        <Text role="alert" c="var(--trouble)" mt="xs">
          {problemText(create.error)}
        </Text>
      )}
      {create.data && (
        <SecretNotice secret={create.data.secret} mt="sm">
          {hint?.(create.data.secret)}
        </SecretNotice>
      )}
    </form>
  )
}
