import { Button, Group, NumberInput, Text } from '@mantine/core'
import type { DisplayWindow } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import type { PixelGrid } from '../frames/pixel-grid.ts'
import type { Adjustment, WindowChoice } from './adjustment.ts'
import { windowInNumbers } from './tone.ts'
import { presetsFor } from './window-presets.ts'

interface Props {
  grid: PixelGrid
  adjustment: Adjustment
  onAdjust: (adjustment: Adjustment) => void
}

/** Window centre and width by numbers, as the file says, found anew, or as radiologists use them. */
export function WindowControls({ grid, adjustment, onAdjust }: Props) {
  const { t } = useTranslation()
  const [calibration] = grid.facts.calibrations
  const now = windowInNumbers(grid, adjustment.window)
  const choose = (window: WindowChoice) => onAdjust({ ...adjustment, window })
  const manual = (change: Partial<DisplayWindow>) => choose({ kind: 'manual', window: { ...now, ...change } })
  const isNow = ({ center, width }: DisplayWindow) =>
    adjustment.window.kind === 'manual' && now.center === center && now.width === width
  const button = (key: string, label: string, isPressed: boolean, choice: WindowChoice) => (
    <Button
      key={key}
      size="compact-xs"
      variant={isPressed ? 'filled' : 'default'}
      aria-pressed={isPressed}
      onClick={() => choose(choice)}
    >
      {label}
    </Button>
  )
  const more = calibration?.windows.slice(1) ?? []
  return (
    <>
      <Group gap={6} mb="sm">
        {(['usual', 'auto'] as const).map((kind) =>
          button(kind, t(`stage.windows.${kind}`), adjustment.window.kind === kind, { kind }),
        )}
        {more.map((window, index) =>
          button(
            `file ${window.center} ${window.width}`,
            t('stage.windows.nth', { number: index + 2 }),
            isNow(window),
            {
              kind: 'manual',
              window,
            },
          ),
        )}
        {presetsFor(calibration).map(({ name, window }) =>
          button(name, t(`stage.windows.${name}`), isNow(window), { kind: 'manual', window }),
        )}
      </Group>
      <Group grow gap="xs">
        <NumberInput
          size="xs"
          label={t('stage.windowCentre')}
          value={rounded(now.center)}
          onChange={(value) => typeof value === 'number' && manual({ center: value })}
        />
        <NumberInput
          size="xs"
          label={t('stage.windowWidth')}
          min={0}
          value={rounded(now.width)}
          onChange={(value) => typeof value === 'number' && value > 0 && manual({ width: value })}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t('stage.windowHelp')}
      </Text>
    </>
  )
}

const rounded = (value: number) => Number(value.toPrecision(5))
