import {
  IconBlob,
  IconCat,
  IconCategory,
  IconCircles,
  IconFrame,
  IconGitBranch,
  IconLasso,
  IconLungs,
  IconMagnet,
  IconSparkles,
  IconTags,
  IconTarget,
  IconToggleLeft,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Project } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useNames } from './default-names.ts'
import classes from './ProjectListPage.module.css'

const GLYPHS: Record<number, typeof IconTags> = {
  1000: IconTags,
  1001: IconToggleLeft,
  1002: IconCat,
  1003: IconCategory,
  2000: IconFrame,
  2001: IconTarget,
  2002: IconMagnet,
  3000: IconLasso,
  3001: IconBlob,
  3002: IconLungs,
  3003: IconGitBranch,
  3004: IconCircles,
}

export function ProjectCard({ project }: { project: Project }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { projectName } = useNames()
  const Glyph = GLYPHS[project.taskType] ?? IconCategory
  const { images, annotated, problems } = project.counts
  const share = images > 0 ? annotated / images : 0
  return (
    <Link to="/projects/$projectId" params={{ projectId: project.id }} className={classes.card}>
      <div className={classes.cardHead}>
        <span className={classes.glyph}>
          <Glyph size={19} stroke={1.6} />
        </span>
        <div>
          <h2 className={classes.name}>{projectName(project)}</h2>
          {!project.isDefault && <span className={classes.kind}>{t(`taskType.${project.taskType}.name`)}</span>}
        </div>
      </div>
      {images === 0 && <p className={classes.about}>{t(`taskType.${project.taskType}.text`)}</p>}
      <div className={classes.foot}>
        {images > 0 && (
          <div className={classes.meter}>
            <span style={{ width: `${share * 100}%` }} />
          </div>
        )}
        {images === 0 ? t('projects.startHere') : `${t('projects.images', { count: images })} · `}
        {images > 0 && t('projects.progress', { percent: format.percent(share) })}
        {problems > 0 && ` · ${t('projects.problems', { count: problems })}`}
        {project.servingModelId && (
          <div className={classes.model}>
            <IconSparkles size={13} /> {t('projects.hasModel')}
          </div>
        )}
      </div>
    </Link>
  )
}
