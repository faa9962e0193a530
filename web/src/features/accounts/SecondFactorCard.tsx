import { Anchor, Button, Code, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { Card } from '../../ui/Card.tsx'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { ProofForm } from '../passkeys/ProofForm.tsx'
import { securityKeys, securityQuery } from './account-queries.ts'
import { QrCode } from './QrCode.tsx'

/** A code of an authenticator app at each sign-in: set up, recovery codes, end. */
export function SecondFactorCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const security = useQuery(securityQuery).data
  const [secret, setSecret] = useState<Secret | null>(null)
  const [recoveryCodes, setRecoveryCodes] = useState<string[] | null>(null)
  const renew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: securityKeys.security }),
      client.invalidateQueries({ queryKey: keys.me }),
    ])
  // Without a password the other service asks for what it wants.
  if (!security?.usesPassword) return null
  const { hasSecondFactor, recoveryCodesLeft } = security
  return (
    <Card
      title={t('security.secondFactor')}
      text={
        hasSecondFactor ? t('security.secondFactorOn', { count: recoveryCodesLeft }) : t('security.secondFactorOff')
      }
    >
      <Stack gap="sm">
        {recoveryCodes && <RecoveryCodes codes={recoveryCodes} />}
        {secret ? (
          <ConfirmSecret
            secret={secret}
            onDone={(codes) => {
              setSecret(null)
              setRecoveryCodes(codes)
              return renew()
            }}
          />
        ) : (
          <ProofForm
            key={String(hasSecondFactor)}
            go={t(hasSecondFactor ? 'security.endSecondFactor' : 'security.beginSecondFactor')}
            isDangerous={hasSecondFactor}
            onProve={async (proof) => {
              if (!hasSecondFactor) return setSecret(await call(routes.beginSecondFactor, { body: proof }))
              await call(routes.endSecondFactor, { body: proof })
              setRecoveryCodes(null)
              await renew()
            }}
          />
        )}
      </Stack>
    </Card>
  )
}

interface Secret {
  secret: string
  uri: string
}

/** The key for the app, and the code that shows that it arrived there. */
function ConfirmSecret({ secret, onDone }: { secret: Secret; onDone: (codes: string[]) => Promise<unknown> }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => call(routes.confirmSecondFactor, { body: { code: code.replace(/\s/g, '') } }),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate()
      }}
    >
      <Stack gap="sm">
        <Text>
          {t('security.secretText')} <Anchor href={secret.uri}>{t('security.openApp')}</Anchor>
        </Text>
        <QrCode text={secret.uri} label={t('security.qrCode')} />
        <Code style={{ overflowWrap: 'anywhere' }}>{secret.secret}</Code>
        <Group align="end" gap="xs">
          <TextInput
            label={t('security.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" disabled={code.trim().length < 6} loading={confirm.isPending}>
            {t('security.confirm')}
          </Button>
        </Group>
        {confirm.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(confirm.error)}
          </Text>
        )}
      </Stack>
    </form>
  )
}

function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation()
  return (
    <>
      <Text role="status">{t('security.recoveryCodes')}</Text>
      <Code block>{codes.join('\n')}</Code>
      <div>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="default" onClick={copy}>
              {copied ? t('common.copied') : t('common.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  )
}
