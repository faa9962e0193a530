import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type Proof, routes } from '@vesalius/contracts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { securityQuery } from '../accounts/account-queries.ts'
import { answerByPasskey, hasPasskeys } from './passkey-browser.ts'

interface Props {
  /** What the button says, and whether what is asked for besides is filled in. */
  go: string
  isReady?: boolean
  isDangerous?: boolean
  /** What else is asked for. */
  children?: ReactNode
  onProve: (proof: Proof) => Promise<unknown>
}

/** A form that asks, before it does something, that it is really the account's person: by password or passkey. */
export function ProofForm({ go, isReady = true, isDangerous = false, children, onProve }: Props) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const security = useQuery(securityQuery).data
  const [password, setPassword] = useState('')
  const act = useMutation({
    mutationFn: async (by: 'password' | 'passkey' | 'session') => {
      if (by === 'password') return onProve({ password })
      if (by === 'session') return onProve({})
      return onProve({ passkey: await answerByPasskey(await call(routes.beginProof, {})) })
    },
    onSuccess: () => setPassword(''),
  })
  if (!security) return null
  const hasPasskey = security.passkeys > 0 && hasPasskeys()
  const isFree = !security.hasPassword && security.passkeys === 0
  const color = isDangerous ? 'cinnabar' : undefined
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate(security.hasPassword ? 'password' : isFree ? 'session' : 'passkey')
      }}
    >
      <Stack gap="sm">
        {children}
        {security.hasPassword && (
          <PasswordInput
            label={t('security.currentPassword')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {act.isError && (
          <Text role="alert" c="var(--trouble)">
            {problemText(act.error)}
          </Text>
        )}
        <Group gap="xs">
          {(security.hasPassword || isFree) && (
            <Button
              type="submit"
              {...(color ? { color } : {})}
              disabled={!isReady || (security.hasPassword && password === '')}
              loading={act.isPending && act.variables !== 'passkey'}
            >
              {go}
            </Button>
          )}
          {hasPasskey && (
            <Button
              type={security.hasPassword ? 'button' : 'submit'}
              variant={security.hasPassword ? 'default' : 'filled'}
              {...(color && !security.hasPassword ? { color } : {})}
              leftSection={<IconFingerprint size={16} />}
              disabled={!isReady}
              loading={act.isPending && act.variables === 'passkey'}
              {...(security.hasPassword ? { onClick: () => act.mutate('passkey') } : {})}
            >
              {t('passkeys.proveBy')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
