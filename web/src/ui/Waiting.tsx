import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './Waiting.module.css'

/** Something is being fetched; shows itself only when that takes long enough to be noticed. */
export function Waiting() {
  const { t } = useTranslation()
  return (
    <div className={classes.waiting} role="status" aria-label={t('common.loading')}>
      <Loader size={26} />
    </div>
  )
}
