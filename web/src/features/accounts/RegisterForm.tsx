import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { routes, type User } from '@vesalius/contracts'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'

const { username, email, password } = routes.register.body.shape

export function RegisterForm({ onDone }: { onDone: (user: User) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const form = useForm({ defaultValues: { username: '', email: '', password: '' } })
  const register = useMutation({
    mutationFn: (body: { username: string; email: string; password: string }) => call(routes.register, { body }),
    onSuccess: ({ user, needsConfirmation }) => {
      if (!needsConfirmation) onDone(user)
    },
  })
  const { errors } = form.formState
  if (register.data?.needsConfirmation) {
    return <Text role="status">{t('account.linkSent', { email: register.data.user.email })}</Text>
  }
  return (
    <form onSubmit={form.handleSubmit((body) => register.mutate(body))} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('account.username')}
          description={t('account.usernameHelp')}
          autoComplete="username"
          autoFocus
          error={errors.username?.message}
          {...form.register('username', {
            validate: (value) => username.safeParse(value).success || t('account.invalidUsername'),
          })}
        />
        <TextInput
          label={t('account.email')}
          type="email"
          autoComplete="email"
          error={errors.email?.message}
          {...form.register('email', {
            validate: (value) => email.safeParse(value).success || t('account.invalidEmail'),
          })}
        />
        <PasswordInput
          label={t('account.password')}
          description={t('account.passwordHelp')}
          autoComplete="new-password"
          error={errors.password?.message}
          {...form.register('password', {
            validate: (value) => password.safeParse(value).success || t('account.invalidPassword'),
          })}
        />
        {register.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(register.error)}
          </Text>
        )}
        <Button type="submit" mt={6} loading={register.isPending}>
          {t('account.register')}
        </Button>
      </Stack>
    </form>
  )
}
