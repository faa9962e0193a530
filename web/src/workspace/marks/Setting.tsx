import { RangeSlider, Slider } from '@mantine/core'
import classes from './Marks.module.css'

interface Scale {
  name: string
  least: number
  most: number
  step: number
}

/** A number that a tool is set to. */
export function Setting({ value, onChange, ...scale }: Scale & { value: number; onChange: (value: number) => void }) {
  const { name, least, most, step } = scale
  return (
    <div className={classes.setting}>
      <span>{name}</span>
      <Slider size="sm" thumbLabel={name} min={least} max={most} step={step} value={value} onChange={onChange} />
    </div>
  )
}

interface RangeProps extends Scale {
  names: readonly [from: string, to: string]
  value: readonly [number, number]
  onChange: (value: readonly [number, number]) => void
}

/** Two numbers with everything between them. */
export function RangeSetting({ name, names, least, most, step, value, onChange }: RangeProps) {
  return (
    <div className={classes.setting}>
      <span>{name}</span>
      <RangeSlider
        size="sm"
        thumbFromLabel={names[0]}
        thumbToLabel={names[1]}
        min={least}
        max={most}
        step={step}
        minRange={0}
        value={[value[0], value[1]]}
        onChange={onChange}
      />
    </div>
  )
}
