import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Proof, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { Card } from '../../ui/Card.tsx'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { ProofForm } from '../passkeys/ProofForm.tsx'
import { meQuery, securityKeys, securityQuery } from './account-queries.ts'

export function PasswordCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const problemText = useProblemText()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const change = useMutation({
    mutationFn: () => call(routes.changePassword, { body: { current, password } }),
    onSuccess: () => {
      setCurrent('')
      setPassword('')
      return client.invalidateQueries({ queryKey: securityKeys.sessions })
    },
  })
  if (useQuery(securityQuery).data?.hasPassword === false) {
    return (
      <Card title={t('account.password')} text={t('security.noPassword')}>
        <LinkButton variant="default" to="/forgot-password">
          {t('security.setPassword')}
        </LinkButton>
      </Card>
    )
  }
  return (
    <Card title={t('account.password')} text={t('security.passwordText')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          change.mutate()
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t('security.currentPassword')}
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('security.newPassword')}
            description={t('account.passwordHelp')}
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {change.isError && (
            <Text role="alert" c="var(--trouble)">
              {problemText(change.error)}
            </Text>
          )}
          {change.isSuccess && <Text role="status">{t('security.passwordChanged')}</Text>}
          <div>
            <Button type="submit" disabled={current === '' || password.length < 8} loading={change.isPending}>
              {t('security.changePassword')}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  )
}

export function EmailCard() {
  const { t } = useTranslation()
  const me = useQuery(meQuery).data
  const [email, setEmail] = useState('')
  const [sentTo, setSentTo] = useState<string | null>(null)
  const change = async (proof: Proof) => {
    await call(routes.changeEmail, { body: { email, ...proof } })
    setSentTo(email)
  }
  return (
    <Card title={t('account.email')} text={t('security.emailText', { email: me?.email ?? '' })}>
      <ProofForm go={t('security.changeEmail')} isReady={email.includes('@')} onProve={change}>
        <TextInput
          type="email"
          label={t('security.newEmail')}
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {sentTo && <Text role="status">{t('security.emailSent', { email: sentTo })}</Text>}
      </ProofForm>
    </Card>
  )
}
