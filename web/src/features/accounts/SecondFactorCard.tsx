import { Anchor, Button, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { securityKeys, securityQuery } from './account-queries.ts'

/** A code of an authenticator app at each sign-in: set up, recovery codes, end. */
export function SecondFactorCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const security = useQuery(securityQuery).data
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const renew = () => {
    setPassword('')
    setCode('')
    return client.invalidateQueries({ queryKey: securityKeys.security })
  }
  const begin = useMutation({
    mutationFn: () => call(routes.beginSecondFactor, { body: { password } }),
    onSuccess: () => setPassword(''),
  })
  const confirm = useMutation({
    mutationFn: () => call(routes.confirmSecondFactor, { body: { code: code.replace(/\s/g, '') } }),
    onSuccess: () => {
      begin.reset()
      return renew()
    },
  })
  const end = useMutation({
    mutationFn: () => call(routes.endSecondFactor, { body: { password } }),
    onSuccess: () => {
      confirm.reset()
      return renew()
    },
  })
  // Without a password the other service asks for what it wants.
  if (!security?.hasPassword) return null
  const problem = begin.error ?? confirm.error ?? end.error
  const { hasSecondFactor, recoveryCodesLeft } = security
  return (
    <Card
      title={t('security.secondFactor')}
      text={
        hasSecondFactor ? t('security.secondFactorOn', { count: recoveryCodesLeft }) : t('security.secondFactorOff')
      }
    >
      <Stack gap="sm">
        {confirm.data && (
          <>
            <Text>{t('security.recoveryCodes')}</Text>
            <Code block>{confirm.data.recoveryCodes.join('\n')}</Code>
          </>
        )}
        {begin.data ? (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              confirm.mutate()
            }}
          >
            <Stack gap="sm">
              <Text>
                {t('security.secretText')} <Anchor href={begin.data.uri}>{t('security.openApp')}</Anchor>
              </Text>
              <Code style={{ overflowWrap: 'anywhere' }}>{begin.data.secret}</Code>
              <Group align="end" gap="xs">
                <TextInput
                  label={t('security.code')}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  value={code}
                  onChange={(event) => setCode(event.currentTarget.value)}
                />
                <Button type="submit" disabled={code.trim().length < 6} loading={confirm.isPending}>
                  {t('security.confirm')}
                </Button>
              </Group>
            </Stack>
          </form>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (hasSecondFactor) end.mutate()
              else begin.mutate()
            }}
          >
            <Group align="end" gap="xs">
              <PasswordInput
                style={{ flex: 1 }}
                label={t('security.currentPassword')}
                autoComplete="current-password"
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Button
                type="submit"
                variant={hasSecondFactor ? 'default' : 'filled'}
                disabled={password === ''}
                loading={begin.isPending || end.isPending}
              >
                {t(hasSecondFactor ? 'security.endSecondFactor' : 'security.beginSecondFactor')}
              </Button>
            </Group>
          </form>
        )}
        {problem && (
          <Text role="alert" c="var(--trouble)">
            {problemText(problem)}
          </Text>
        )}
      </Stack>
    </Card>
  )
}
