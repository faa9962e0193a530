import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { ApiProblem } from '../../api/problem.ts'
import { LinkButton } from '../../ui/LinkButton.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { LanguageControl, ThemeControl } from '../../ui/PreferenceControls.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import classes from './SignInPage.module.css'

/** The secret of a mailed link: in the fragment, which no server sees. */
export const linkSecret = () => window.location.hash.slice(1)

/** A page for who is not signed in: one question. */
export function QuietPage({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <main className={classes.side} style={{ minHeight: '100dvh' }}>
      <div className={classes.preferences}>
        <LanguageControl />
        <ThemeControl />
      </div>
      <div className={classes.form}>
        <p className={classes.brand}>
          <Mark /> {t('app.name')}
        </p>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.text}>{text}</p>
        {children}
      </div>
    </main>
  )
}

/** A link that is not there any more was used or is too old, which says more than that something is missing. */
function useLinkProblem() {
  const { t } = useTranslation()
  const problemText = useProblemText()
  return (error: unknown) =>
    error instanceof ApiProblem && error.code === 'NOT_FOUND' ? t('recovery.linkOver') : problemText(error)
}

interface Question {
  /** Said once it is done. */
  done: string
  go: string
  isReady: boolean
  act: () => Promise<unknown>
  /** The field. */
  children: ReactNode
}

/** One field and what follows it; the answer takes its place. */
function QuietQuestion({ done, go, isReady, act, children }: Question) {
  const { t } = useTranslation()
  const problemText = useLinkProblem()
  const send = useMutation({ mutationFn: act })
  return (
    <>
      {send.isSuccess ? (
        <Text role="status">{done}</Text>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            send.mutate()
          }}
        >
          <Stack gap="sm">
            {children}
            {send.isError && (
              <Text role="alert" c="var(--trouble)">
                {problemText(send.error)}
              </Text>
            )}
            <Button type="submit" disabled={!isReady} loading={send.isPending}>
              {go}
            </Button>
          </Stack>
        </form>
      )}
      <LinkButton mt="lg" variant="subtle" to="/sign-in">
        {t('recovery.back')}
      </LinkButton>
    </>
  )
}

export function ForgotPasswordPage() {
  const { t } = useTranslation()
  const [email, setEmail] = useState('')
  return (
    <QuietPage title={t('recovery.forgotTitle')} text={t('recovery.forgotText')}>
      <QuietQuestion
        done={t('recovery.sent')}
        go={t('recovery.send')}
        isReady={email.includes('@')}
        act={() => call(routes.forgotPassword, { body: { email } })}
      >
        <TextInput
          type="email"
          autoFocus
          label={t('account.email')}
          autoComplete="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
      </QuietQuestion>
    </QuietPage>
  )
}

export function ResetPasswordPage() {
  const { t } = useTranslation()
  const [password, setPassword] = useState('')
  return (
    <QuietPage title={t('recovery.resetTitle')} text={t('recovery.resetText')}>
      <QuietQuestion
        done={t('recovery.done')}
        go={t('recovery.reset')}
        isReady={password.length >= 8}
        act={() => call(routes.resetPassword, { body: { token: linkSecret(), password } })}
      >
        <PasswordInput
          autoFocus
          label={t('security.newPassword')}
          description={t('account.passwordHelp')}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </QuietQuestion>
    </QuietPage>
  )
}

export function ConfirmEmailPage() {
  const { t } = useTranslation()
  const problemText = useLinkProblem()
  const confirm = useMutation({ mutationFn: () => call(routes.confirmEmail, { body: { token: linkSecret() } }) })
  return (
    <QuietPage title={t('recovery.confirmTitle')} text={t('recovery.confirmText')}>
      <Stack gap="sm">
        {confirm.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(confirm.error)}
          </Text>
        )}
        {confirm.isSuccess ? (
          <Text role="status">{t('recovery.confirmed')}</Text>
        ) : (
          <Button onClick={() => confirm.mutate()} loading={confirm.isPending}>
            {t('recovery.confirm')}
          </Button>
        )}
        <LinkButton variant="subtle" to="/">
          {t('recovery.home')}
        </LinkButton>
      </Stack>
    </QuietPage>
  )
}
