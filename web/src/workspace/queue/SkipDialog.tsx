import { Modal, Stack, TextInput } from '@mantine/core'
import { type Image, type SkipReason as Reason, routes, SkipReason } from '@vesalius/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useAct } from '../../ui/use-act.ts'
import classes from './Queue.module.css'

interface Props {
  image: Image
  opened: boolean
  onClose: () => void
  onSkipped: () => void
}

/** Asks why no answer is given; a digit is enough. */
export function SkipDialog({ image, opened, onClose, onSkipped }: Props) {
  const { t } = useTranslation()
  const act = useAct()
  const [note, setNote] = useState('')
  const skip = (reason: Reason) => {
    onClose()
    setNote('')
    act(async () => {
      await call(routes.skipImage, { params: { imageId: image.id }, body: { reason, note } })
      onSkipped()
    })
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('flow.skipTitle')}>
      <Stack
        onKeyDown={(event) => {
          const reason = SkipReason.options[Number(event.key) - 1]
          if (!reason || event.target instanceof HTMLInputElement) return
          event.preventDefault()
          skip(reason)
        }}
      >
        <div className={classes.reasons}>
          {SkipReason.options.map((reason, index) => (
            <button
              key={reason}
              type="button"
              className={classes.reason}
              data-autofocus={index === 0 || undefined}
              onClick={() => skip(reason)}
            >
              <KeyCap>{index + 1}</KeyCap>
              {t(`flow.reason.${reason}`)}
            </button>
          ))}
        </div>
        <TextInput
          label={t('flow.note')}
          description={t('flow.noteHelp')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Stack>
    </Modal>
  )
}
