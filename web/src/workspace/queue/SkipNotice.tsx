import { Button } from '@mantine/core'
import { type Image, routes } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/call.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useAct } from '../../ui/use-act.ts'
import { PanelNotice } from '../PanelNotice.tsx'

/** That the image was skipped, why, and the way back. */
export function SkipNotice({ image }: { image: Image }) {
  const { t } = useTranslation()
  const format = useFormat()
  const act = useAct()
  const { skip } = image
  if (!skip) return null
  return (
    <PanelNotice title={t('flow.skipped', { when: format.ago(skip.at) })}>
      <div>
        {t(`flow.reason.${skip.reason}`)}
        {skip.note !== '' && `: ${skip.note}`}
      </div>
      <Button
        mt={6}
        size="compact-xs"
        variant="default"
        onClick={() => act(() => call(routes.unskipImage, { params: { imageId: image.id } }))}
      >
        {t('flow.unskip')}
      </Button>
    </PanelNotice>
  )
}
