import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { routes, type User } from '@vesalius/contracts'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'

export function SignInForm({ onDone }: { onDone: (user: User) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const form = useForm({ defaultValues: { login: '', password: '', code: '' } })
  const signIn = useMutation({
    mutationFn: ({ login, password, code }: { login: string; password: string; code: string }) =>
      call(routes.login, { body: { login, password, ...(code.trim() ? { code: code.trim() } : {}) } }),
    onSuccess: ({ user }) => onDone(user),
    onError: (error) => {
      if (error instanceof ApiProblem && error.code === 'CODE_REQUIRED') setAsksForCode(true)
    },
  })
  const [asksForCode, setAsksForCode] = useState(false)
  const required = { required: t('account.required') }
  const { errors } = form.formState
  return (
    <form onSubmit={form.handleSubmit((body) => signIn.mutate(body))} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('account.login')}
          autoComplete="username webauthn"
          autoFocus
          error={errors.login?.message}
          {...form.register('login', required)}
        />
        <PasswordInput
          label={t('account.password')}
          autoComplete="current-password"
          error={errors.password?.message}
          {...form.register('password', required)}
        />
        {asksForCode && (
          <TextInput
            label={t('account.code')}
            inputMode="text"
            autoComplete="one-time-code"
            autoFocus
            {...form.register('code')}
          />
        )}
        {signIn.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(signIn.error)}
          </Text>
        )}
        <Button type="submit" mt={6} loading={signIn.isPending}>
          {t('account.signIn')}
        </Button>
        <LinkButton variant="subtle" size="compact-sm" to="/forgot-password">
          {t('recovery.forgot')}
        </LinkButton>
      </Stack>
    </form>
  )
}
