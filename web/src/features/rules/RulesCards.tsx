import { Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type InstallationRules, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { QuotaFields } from '../quotas/QuotaFields.tsx'
import { OrganisationsCard } from './OrganisationsCard.tsx'
import { rulesQuery } from './rules-queries.ts'
import { SaveRow } from './SaveRow.tsx'
import { SecondFactorRuleForm } from './SecondFactorRuleForm.tsx'

/** What the installation asks of everybody, and what each may use. */
export function RulesCards() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const rules = useQuery(rulesQuery)
  if (rules.isError) return <ErrorNotice error={rules.error} onRetry={() => void rules.refetch()} />
  if (!rules.data) return <Waiting />
  const keep = (next: InstallationRules) => {
    client.setQueryData(rulesQuery.queryKey, next)
    return client.invalidateQueries({ queryKey: keys.me })
  }
  return (
    <Stack gap="md">
      <Card title={t('security.secondFactor')} text={t('rules.secondFactorText')}>
        <SecondFactorRuleForm
          rule={rules.data.secondFactor}
          onSave={async (graceDays) => keep(await call(routes.putSecondFactorRule, { body: { graceDays } }))}
        />
      </Card>
      <DefaultQuotas quotas={rules.data.quotas} onSaved={keep} />
      <OrganisationsCard />
    </Stack>
  )
}

interface DefaultProps {
  quotas: InstallationRules['quotas']
  onSaved: (rules: InstallationRules) => Promise<unknown>
}

function DefaultQuotas({ quotas, onSaved }: DefaultProps) {
  const { t } = useTranslation()
  const [value, setValue] = useState(quotas)
  const save = useMutation({
    mutationFn: async () => onSaved(await call(routes.putDefaultQuotas, { body: value })),
  })
  const isChanged = JSON.stringify(value) !== JSON.stringify(quotas)
  return (
    <Card title={t('quotas.title')} text={t('quotas.defaultText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Stack gap="md">
          {(['person', 'organisation'] as const).map((kind) => (
            <fieldset key={kind} style={{ border: 0, margin: 0, padding: 0 }}>
              <Text component="legend" fw={600} mb={4}>
                {t(`quotas.each.${kind}`)}
              </Text>
              <QuotaFields
                value={value[kind]}
                hasDefault={false}
                onChange={(next) => setValue({ ...value, [kind]: next })}
              />
            </fieldset>
          ))}
          <SaveRow save={save} isChanged={isChanged} />
        </Stack>
      </form>
    </Card>
  )
}
