import { Button } from '@mantine/core'
import type { ModelVersion } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { GateNote } from './GateNote.tsx'
import classes from './Models.module.css'
import { usePromote } from './use-promote.ts'

interface Props {
  model: ModelVersion
  serving: ModelVersion | undefined
}

/** A new version that did not take over by itself: why, and the one button that lets it. */
export function WaitingModel({ model, serving }: Props) {
  const { t } = useTranslation()
  const promote = usePromote(model)
  return (
    <div className={classes.waiting}>
      <div>
        <strong>{t('models.waiting', { number: model.number })}</strong>
        <p>
          {model.gate && <GateNote gate={model.gate} />}{' '}
          {serving && t('models.waitingText', { number: serving.number })}
        </p>
      </div>
      <Button onClick={promote}>{t('models.use', { number: model.number })}</Button>
    </div>
  )
}
