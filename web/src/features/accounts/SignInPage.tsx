import { Button, Text } from '@mantine/core'
import { IconPhotoUp, IconSchool, IconWand } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { LanguageControl, ThemeControl } from '../../ui/PreferenceControls.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { PasskeySignIn } from '../passkeys/PasskeySignIn.tsx'
import { hasPasskeys } from '../passkeys/passkey-browser.ts'
import { setupQuery } from './account-queries.ts'
import { ProviderButtons } from './ProviderButtons.tsx'
import { RegisterForm } from './RegisterForm.tsx'
import { SignInForm } from './SignInForm.tsx'
import classes from './SignInPage.module.css'

const STEPS = [
  [IconPhotoUp, 'pitch1Title', 'pitch1'],
  [IconWand, 'pitch2Title', 'pitch2'],
  [IconSchool, 'pitch3Title', 'pitch3'],
] as const

export function SignInPage() {
  const { t } = useTranslation()
  return (
    <div className={classes.page}>
      <header className={classes.plate}>
        <div className={classes.brand}>
          <Mark size={30} />
          {t('app.name')}
        </div>
        <div>
          <h1 className={classes.tagline}>{t('app.tagline')}</h1>
          <ul className={classes.steps}>
            {STEPS.map(([Icon, title, text]) => (
              <li key={title} className={classes.step}>
                <Icon size={20} stroke={1.6} />
                <strong>{t(`account.${title}`)}</strong>
                <span>{t(`account.${text}`)}</span>
              </li>
            ))}
          </ul>
        </div>
      </header>
      <main className={classes.side}>
        <div className={classes.preferences}>
          <LanguageControl />
          <ThemeControl />
        </div>
        <div className={classes.form}>
          <AccountForm />
        </div>
      </main>
    </div>
  )
}

function AccountForm() {
  const { t } = useTranslation()
  const setup = useQuery(setupQuery)
  const client = useQueryClient()
  const router = useRouter()
  const { to, problem } = useSearch({ from: '/sign-in' })
  const problemText = useProblemText()
  const [wantsAccount, setWantsAccount] = useState(false)
  if (setup.isPending) return null
  if (setup.isError) return <ErrorNotice error={setup.error} onRetry={() => void setup.refetch()} />
  const isFirst = !setup.data.hasAccounts
  const isNew = isFirst || wantsAccount
  const kind = isFirst ? 'first' : isNew ? 'register' : 'signIn'
  const enter = () => {
    client.clear()
    router.history.push(to ?? '/')
  }
  return (
    <>
      <h2 className={classes.title}>{t(`account.${kind}Title`)}</h2>
      <p className={classes.text}>{t(`account.${kind}Text`)}</p>
      {problem && (
        <Text role="alert" c="var(--trouble)" mb="md">
          {problemText({ code: problem, message: '' })}
        </Text>
      )}
      {isNew ? <RegisterForm onDone={enter} /> : <SignInForm onDone={enter} />}
      {!isNew && setup.data.offersPasskeys && hasPasskeys() && <PasskeySignIn onDone={enter} />}
      <ProviderButtons to={to ?? '/'} />
      {!isFirst && (
        <Text mt="lg" size="sm" c="dimmed">
          {t(isNew ? 'account.haveAccount' : 'account.noAccount')}
          <Button variant="subtle" size="compact-sm" ml={4} onClick={() => setWantsAccount(!wantsAccount)}>
            {t(isNew ? 'account.signIn' : 'account.register')}
          </Button>
        </Text>
      )}
    </>
  )
}
