import { ActionIcon, Button, Popover, Switch } from '@mantine/core'
import { IconBrightness } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LoadedFrame } from '../frames/loaded-frame.ts'
import { type Adjustment, NO_ADJUSTMENT } from './adjustment.ts'
import { ColourControls } from './ColourControls.tsx'
import { isGrey } from './tone.ts'
import { WindowControls } from './WindowControls.tsx'

interface Props {
  frame: LoadedFrame | null
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
}

/** How values become shades: a window for grey images, brightness and contrast for colours. */
export function AdjustPopover({ frame, adjustment, onAdjust }: Props) {
  const { t } = useTranslation()
  const label = t(frame && isGrey(frame) ? 'stage.window' : 'annotate.adjust')
  return (
    <Popover position="top" width={260} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" aria-label={label} title={label}>
          <IconBrightness size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        {frame && isGrey(frame) ? (
          <WindowControls grid={frame.grid} adjustment={adjustment} onAdjust={onAdjust} />
        ) : (
          <ColourControls adjustment={adjustment} onAdjust={onAdjust} />
        )}
        <Switch
          mt="sm"
          label={t('annotate.invert')}
          checked={adjustment.inverted}
          onChange={() => onAdjust({ ...adjustment, inverted: !adjustment.inverted })}
        />
        <Switch
          mt="xs"
          label={t('stage.smooth')}
          checked={adjustment.isSmooth}
          onChange={() => onAdjust({ ...adjustment, isSmooth: !adjustment.isSmooth })}
        />
        <Button mt="sm" fullWidth variant="default" size="xs" onClick={() => onAdjust(NO_ADJUSTMENT)}>
          {t('annotate.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  )
}
