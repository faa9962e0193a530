import { ActionIcon, Button, Popover, Slider, Text } from '@mantine/core'
import { IconAngle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  /** Degrees clockwise, 0 ≤ turn < 360. */
  turn: number
  onTurn: (degrees: number) => void
  onUpright: () => void
}

/** Turns the image by any angle. */
export function TurnPopover({ turn, onTurn, onUpright }: Props) {
  const { t } = useTranslation()
  const degrees = turn > 180 ? turn - 360 : turn
  return (
    <Popover position="top" width={240} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" aria-label={t('stage.turn')} title={t('stage.turn')}>
          <IconAngle size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('stage.turn')}>
        <Text size="sm">{t('stage.turnedBy', { degrees: Math.round(degrees) })}</Text>
        <Slider
          mb="md"
          min={-180}
          max={180}
          label={(value) => `${value}°`}
          thumbLabel={t('stage.turn')}
          value={Math.round(degrees)}
          onChange={onTurn}
        />
        <Button fullWidth variant="default" size="xs" onClick={onUpright}>
          {t('stage.upright')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
