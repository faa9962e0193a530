import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type Passkey, type Proof, routes } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { keys } from '../../api/keys.ts'
import { securityKeys } from '../accounts/account-queries.ts'
import { nameOfBrowser } from '../accounts/name-of-browser.ts'
import { ProofForm } from './ProofForm.tsx'
import { createPasskey } from './passkey-browser.ts'
import { passkeysQuery } from './passkey-queries.ts'

export type Asked = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: Passkey }

/** Adds, renames or removes a passkey, once its person proved to be there. */
export function PasskeyDialog({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [name, setName] = useState(
    asked.kind === 'add' ? (nameOfBrowser(navigator.userAgent) ?? '') : asked.passkey.name,
  )
  const act = async (proof: Proof) => {
    if (asked.kind === 'add') {
      const creation = await createPasskey(await call(routes.beginPasskey, { body: proof }))
      await call(routes.addPasskey, { body: { name, creation } })
    } else {
      const params = { passkeyId: asked.passkey.id }
      if (asked.kind === 'rename') await call(routes.renamePasskey, { params, body: { name, ...proof } })
      else await call(routes.removePasskey, { params, body: proof })
    }
    await Promise.all([
      client.invalidateQueries({ queryKey: passkeysQuery.queryKey }),
      client.invalidateQueries({ queryKey: securityKeys.security }),
      client.invalidateQueries({ queryKey: keys.me }),
    ])
    onClose()
  }
  const isNamed = asked.kind !== 'remove'
  const title =
    asked.kind === 'add' ? t('passkeys.addTitle') : t(`passkeys.${asked.kind}Title`, { name: asked.passkey.name })
  return (
    <Modal opened onClose={onClose} title={title}>
      <Stack gap="sm">
        {asked.kind !== 'rename' && <Text>{t(`passkeys.${asked.kind}Text`)}</Text>}
        <ProofForm
          go={t(`passkeys.${asked.kind}`)}
          isReady={!isNamed || name.trim() !== ''}
          isDangerous={asked.kind === 'remove'}
          onProve={act}
        >
          {isNamed && (
            <TextInput
              data-autofocus
              label={t('passkeys.name')}
              description={t('passkeys.nameHelp')}
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </ProofForm>
      </Stack>
    </Modal>
  )
}
