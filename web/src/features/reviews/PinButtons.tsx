import { Button } from '@mantine/core'
import { IconMapPin, IconMapPinOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** Where it is pinned; null: it speaks of the whole image. */
  place: { x: number; y: number } | null
  onPin: () => void
  onUnpin: () => void
}

/** Pins what is being written to a place of the image, or takes the pin away. */
export function PinButtons({ place, onPin, onUnpin }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <Button size="compact-xs" variant="default" leftSection={<IconMapPin size={14} />} onClick={onPin}>
        {t(place ? 'remarks.movePin' : 'remarks.setPin')}
      </Button>
      {place && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconMapPinOff size={14} />}
          onClick={onUnpin}
        >
          {t('remarks.unpin', { x: Math.round(place.x), y: Math.round(place.y) })}
        </Button>
      )}
    </>
  )
}
