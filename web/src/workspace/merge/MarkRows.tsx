import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Image, MarkRow, MarksPlan, Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../features/projects/default-names.ts'
import classes from './MergeBoard.module.css'
import { isTaken, type Source, toggleVersion } from './source.ts'

interface Props {
  project: Project
  image: Image
  sources: readonly Source[]
  plan: MarksPlan
  rowId: string | null
  onLookAt: (rowId: string | null) => void
  onChange: (plan: MarksPlan) => void
}

/** Every mark with who has it; what a person should look at comes first. */
export function MarkRows({ project, sources, plan, rowId, onLookAt, onChange }: Props) {
  const { t } = useTranslation()
  const { className } = useNames()
  const rows = [...plan.rows].sort((a, b) => Number(b.isConflict) - Number(a.isConflict))
  const conflicts = rows.filter(({ isConflict }) => isConflict).length
  const change = (row: MarkRow, take: MarkRow['take']) =>
    onChange({ ...plan, rows: plan.rows.map((other) => (other.id === row.id ? { ...other, take } : other)) })
  if (rows.length === 0) return <p>{t('merge.nothing')}</p>
  return (
    <>
      <p className={classes.note}>{t('merge.conflicts', { count: conflicts })}</p>
      <ul className={classes.list}>
        {rows.map((row, index) => {
          const present = row.versions.filter((version) => version !== null)
          const name = className(project.classes[present[0]?.class ?? 0] ?? '')
          return (
            <li
              key={row.id}
              className={classes.row}
              data-conflict={row.isConflict || undefined}
              data-looked={rowId === row.id || undefined}
              onMouseEnter={() => onLookAt(row.id)}
              onMouseLeave={() => onLookAt(null)}
              onFocus={() => onLookAt(row.id)}
            >
              <span className={classes.what}>
                {row.isConflict && <IconAlertTriangle size={14} aria-label={t('merge.conflict')} />}
                {index + 1} · {name} <small>{t(`merge.kind.${kindOf(row)}`)}</small>
              </span>
              <span className={classes.takes}>
                {row.versions.map((version, at) => {
                  const source = sources[at]
                  if (!version || !source) return null
                  const isOn = isTaken(row, at)
                  return (
                    <Button
                      key={source.key}
                      size="compact-xs"
                      variant={isOn ? 'filled' : 'default'}
                      aria-pressed={isOn}
                      leftSection={<span className={classes.swatch} style={{ background: source.colour }} />}
                      onClick={() => change(row, toggleVersion(row, at))}
                    >
                      {source.name}
                    </Button>
                  )
                })}
                {present.length > 1 && present.every(({ rle }) => rle !== undefined) && (
                  <Button
                    size="compact-xs"
                    variant={row.take === 'joined' ? 'filled' : 'default'}
                    aria-pressed={row.take === 'joined'}
                    onClick={() => change(row, 'joined')}
                  >
                    {t('merge.joined')}
                  </Button>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

function kindOf({ base, versions }: MarkRow): 'added' | 'removed' | 'changed' | 'same' | 'shared' {
  const present = versions.filter((version) => version !== null)
  if (present.length < versions.length) return base ? 'removed' : 'added'
  const [first] = present
  const isSame = present.every(
    (version) =>
      version.class === first?.class && version.rle === first.rle && String(version.box) === String(first.box),
  )
  if (isSame) return 'same'
  return base ? 'changed' : 'shared'
}
