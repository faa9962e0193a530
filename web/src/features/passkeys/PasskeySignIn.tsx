import { Button, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type PasskeyAnswer, routes, type User } from '@vesalius/contracts'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useProblemText } from '../../ui/use-problem-text.ts'
import { answerByPasskey, awaitPasskey, forgetPasskey } from './passkey-browser.ts'

/** Before the challenge that a browser waits with runs out. */
const ASK_AGAIN_MS = 9 * 60_000

/**
 * Signs in by a passkey, with a button, and by the names that a browser offers in the field for them (`autocomplete` with
 * `webauthn`).
 */
export function PasskeySignIn({ onDone }: { onDone: (user: User) => void }) {
  const { t } = useTranslation()
  const problemText = useProblemText()
  const enter = useMutation({
    mutationFn: async (chosen: PasskeyAnswer | null) => {
      const passkey = chosen ?? (await answerByPasskey(await call(routes.beginPasskeySignIn, {})))
      return call(routes.endPasskeySignIn, { body: { passkey } })
    },
    onSuccess: ({ user }) => onDone(user),
  })
  const { mutate } = enter
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    const wait = () =>
      void awaitPasskey(() => call(routes.beginPasskeySignIn, {}))
        .then((answer) => answer && !isGone.current && mutate(answer))
        .catch(() => {})
    wait()
    const timer = setInterval(wait, ASK_AGAIN_MS)
    return () => {
      isGone.current = true
      clearInterval(timer)
      void forgetPasskey()
    }
  }, [mutate])
  return (
    <>
      <Button
        variant="default"
        fullWidth
        mt="sm"
        leftSection={<IconFingerprint size={18} />}
        loading={enter.isPending}
        onClick={() => mutate(null)}
      >
        {t('passkeys.signIn')}
      </Button>
      {enter.isError && (
        <Text role="alert" c="var(--trouble)" mt="xs">
          {problemText(enter.error)}
        </Text>
      )}
    </>
  )
}
