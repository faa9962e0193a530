import { Button, Checkbox, Radio, Stack } from '@mantine/core'
import type { Image, LabelFile, MergePlan, Project } from '@vesalius/contracts'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LabelSummary } from '../../features/reviews/LabelSummary.tsx'
import { MarkRows } from './MarkRows.tsx'
import classes from './MergeBoard.module.css'
import { MergeStage } from './MergeStage.tsx'
import { type Source, takeAllOf } from './source.ts'

interface Props {
  project: Project
  image: Image
  sources: readonly Source[]
  plan: MergePlan
  /** What was proposed, to go back to. */
  proposed: MergePlan
  onChange: (plan: MergePlan) => void
  /** Where no dialog around it tells what it is about. */
  heading?: string
  children: ReactNode
}

/** Several people's labels of one image side by side: what becomes of them is chosen mark by mark, or all of one. */
export function MergeBoard({ project, image, sources, plan, proposed, onChange, heading, children }: Props) {
  const { t } = useTranslation()
  const [rowId, setRowId] = useState<string | null>(null)
  const wholes = plan.kind === 'marks' && (
    <div className={classes.wholes}>
      {sources.map((source, index) => (
        <Button key={source.key} size="compact-sm" variant="default" onClick={() => onChange(takeAllOf(plan, index))}>
          {source.whole ?? t('merge.allOf', { name: source.name })}
        </Button>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => onChange(proposed)}>
        {t('merge.asProposed')}
      </Button>
    </div>
  )
  return (
    <div className={classes.board}>
      <MergeStage project={project} image={image} plan={plan} rowId={rowId} />
      <section className={classes.side} aria-label={t('merge.title')}>
        {heading && <h2 className={classes.heading}>{heading}</h2>}
        <ul className={classes.sources}>
          {sources.map(({ key, name, colour }) => (
            <li key={key}>
              <span className={classes.swatch} style={{ background: colour }} />
              {name}
            </li>
          ))}
        </ul>
        {wholes}
        <div className={classes.rows}>
          {plan.kind === 'marks' && (
            <MarkRows {...{ project, image, sources, plan, rowId }} onLookAt={setRowId} onChange={onChange} />
          )}
          {plan.kind === 'tags' && (
            <Stack gap={6}>
              {plan.rows.map(({ tag, holds, isTaken }) => (
                <Checkbox
                  key={tag}
                  label={tag}
                  description={sources
                    .filter((_, index) => holds[index])
                    .map(({ name }) => name)
                    .join(', ')}
                  checked={isTaken}
                  onChange={() =>
                    onChange({
                      ...plan,
                      rows: plan.rows.map((row) => (row.tag === tag ? { ...row, isTaken: !isTaken } : row)),
                    })
                  }
                />
              ))}
            </Stack>
          )}
          {plan.kind === 'answer' && (
            <Radio.Group
              label={t('merge.chooseAnswer')}
              value={plan.take === null ? null : String(plan.take)}
              onChange={(value) => onChange({ ...plan, take: Number(value) })}
            >
              <Stack gap={8} mt={8}>
                {plan.sources.map((data, index) => (
                  <div key={sources[index]?.key} className={classes.answer}>
                    <Radio value={String(index)} label={sources[index]?.name} />
                    <LabelSummary project={project} label={{ data } as Pick<LabelFile, 'data'>} />
                  </div>
                ))}
              </Stack>
            </Radio.Group>
          )}
        </div>
        <div className={classes.foot}>{children}</div>
      </section>
    </div>
  )
}
