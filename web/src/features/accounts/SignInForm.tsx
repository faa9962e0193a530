import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { routes, type User } from '@vesalius/contracts'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'

export function SignInForm({ onDone }: { onDone: (user: User) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const form = useForm({ defaultValues: { login: '', password: '' } })
  const signIn = useMutation({
    mutationFn: (body: { login: string; password: string }) => call(routes.login, { body }),
    onSuccess: ({ user }) => onDone(user),
  })
  const required = { required: t('account.required') }
  const { errors } = form.formState
  return (
    <form onSubmit={form.handleSubmit((body) => signIn.mutate(body))} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('account.login')}
          autoComplete="username"
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
        {signIn.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(signIn.error)}
          </Text>
        )}
        <Button type="submit" mt={6} loading={signIn.isPending}>
          {t('account.signIn')}
        </Button>
      </Stack>
    </form>
  )
}
