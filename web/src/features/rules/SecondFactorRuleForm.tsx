import { NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { SecondFactorRule } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { SaveRow } from './SaveRow.tsx'

interface Props {
  rule: SecondFactorRule | null
  onSave: (graceDays: number | null) => Promise<unknown>
}

const USUAL_DAYS = 14

/** Whether a second factor is asked for, and how long people may put it off. */
export function SecondFactorRuleForm({ rule, onSave }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [isAsked, setAsked] = useState(rule !== null)
  const [days, setDays] = useState(rule?.graceDays ?? USUAL_DAYS)
  const save = useMutation({ mutationFn: () => onSave(isAsked ? days : null) })
  const isChanged = isAsked !== (rule !== null) || (isAsked && days !== rule?.graceDays)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        <Switch
          label={t('rules.askSecondFactor')}
          checked={isAsked}
          onChange={(event) => setAsked(event.currentTarget.checked)}
        />
        {isAsked && (
          <NumberInput
            maw={260}
            label={t('rules.graceDays')}
            description={t('rules.graceText')}
            min={0}
            max={365}
            allowDecimal={false}
            value={days}
            onChange={(next) => typeof next === 'number' && setDays(next)}
          />
        )}
        {rule && (
          <Text size="sm" c="dimmed">
            {t('rules.askedSince', { date: format.date(rule.since) })}
          </Text>
        )}
        <SaveRow save={save} isChanged={isChanged} />
      </Stack>
    </form>
  )
}
