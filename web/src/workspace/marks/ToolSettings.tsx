import { Button, SegmentedControl, Switch } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './Marks.module.css'
import type { MeasureKind } from './measure.ts'
import { RangeSetting, Setting } from './Setting.tsx'
import type { MarkTool } from './tools.ts'
import type { MarkingDesk } from './use-marking.ts'
import { useMeasureText } from './use-measure-text.ts'

const PAINTING: readonly MarkTool[] = [
  ...(['brush', 'polygon', 'curve', 'scissors', 'grow', 'threshold', 'superpixels', 'fill'] as const),
]
const MEASURES: readonly MeasureKind[] = ['length', 'angle', 'area']

/** How the tool in hand is set, and how it is used. */
export function ToolSettings({ desk }: { desk: MarkingDesk }) {
  const { t } = useTranslation()
  const { tool } = desk
  const hasBrush = tool === 'brush' || tool === 'eraser' || (tool === 'threshold' && desk.fieldShape === 'brush')
  return (
    <>
      {tool !== 'hand' && tool !== 'brush' && tool !== 'eraser' && (
        <p className={classes.howTo}>{t(`marks.howTo.${tool}`)}</p>
      )}
      {desk.kind?.kind === 'mask' && desk.hasInstances && PAINTING.includes(tool) && tool !== 'fill' && (
        <p className={classes.howTo}>{t('marks.newInstance')}</p>
      )}
      {hasBrush && (
        <Setting
          name={t('marks.brushSize')}
          value={desk.radius}
          least={0.5}
          most={100}
          step={0.5}
          onChange={desk.setRadius}
        />
      )}
      {tool === 'grow' && (
        <Setting
          name={t('marks.tolerance')}
          value={desk.tolerance}
          least={0}
          most={128}
          step={1}
          onChange={desk.setTolerance}
        />
      )}
      {tool === 'threshold' && <ThresholdSettings desk={desk} />}
      {tool === 'superpixels' && (
        <Setting
          name={t('marks.patchSide')}
          value={desk.patchSide}
          least={6}
          most={80}
          step={2}
          onChange={desk.setPatchSide}
        />
      )}
      {tool === 'measure' && <MeasureSettings desk={desk} />}
      {desk.kind?.kind === 'mask' && (
        <Setting
          name={t('marks.opacity')}
          value={desk.opacity}
          least={0}
          most={1}
          step={0.05}
          onChange={desk.setOpacity}
        />
      )}
      {desk.kind?.kind === 'mask' && (
        <Switch mb={10} size="sm" label={t('stage.outline')} checked={desk.isOutline} onChange={desk.toggleOutline} />
      )}
      {desk.kind?.kind === 'mask' && !desk.hasInstances && PAINTING.includes(tool) && (
        <Switch
          mb={10}
          size="sm"
          label={t('marks.protects')}
          checked={desk.protects}
          onChange={(event) => desk.setProtects(event.currentTarget.checked)}
        />
      )}
    </>
  )
}

function ThresholdSettings({ desk }: { desk: MarkingDesk }) {
  const { t } = useTranslation()
  return (
    <>
      <SegmentedControl
        mb={8}
        size="xs"
        fullWidth
        aria-label={t('marks.fieldShape')}
        value={desk.fieldShape}
        onChange={(value) => desk.setFieldShape(value === 'brush' ? 'brush' : 'box')}
        data={[
          { value: 'box', label: t('marks.fieldBox') },
          { value: 'brush', label: t('marks.fieldBrush') },
        ]}
      />
      <RangeSetting
        name={t('marks.range')}
        names={[t('marks.rangeFrom'), t('marks.rangeTo')]}
        least={0}
        most={255}
        step={1}
        value={desk.range}
        onChange={desk.setRange}
      />
    </>
  )
}

function MeasureSettings({ desk }: { desk: MarkingDesk }) {
  const { t } = useTranslation()
  const text = useMeasureText(desk.spacing)
  return (
    <>
      <SegmentedControl
        mb={8}
        size="xs"
        fullWidth
        aria-label={t('measure.kind')}
        value={desk.measureKind}
        onChange={(value) => desk.setMeasureKind(MEASURES.find((kind) => kind === value) ?? 'length')}
        data={MEASURES.map((kind) => ({ value: kind, label: t(`measure.${kind}`) }))}
      />
      {desk.measurements.length > 0 && (
        <>
          <ul className={classes.measured}>
            {desk.measurements.map((measurement) => (
              <li key={measurement.id}>
                <span>
                  {t(`measure.${measurement.kind}`)} <strong>{text(measurement)}</strong>
                </span>
                <button
                  type="button"
                  className={classes.rowButton}
                  aria-label={t('measure.remove', { what: text(measurement) })}
                  title={t('measure.remove', { what: text(measurement) })}
                  onClick={() => desk.removeMeasurement(measurement.id)}
                >
                  <IconTrash size={15} />
                </button>
              </li>
            ))}
          </ul>
          <Button mb={8} size="compact-xs" variant="default" onClick={desk.clearMeasurements}>
            {t('measure.clear')}
          </Button>
        </>
      )}
      {!desk.spacing && <p className={classes.howTo}>{t('measure.noSpacing')}</p>}
    </>
  )
}
