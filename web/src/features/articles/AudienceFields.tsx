import { Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import {
  type Access,
  type Article,
  ArticleVisibility,
  holdsRight,
  type OrganisationId,
  type ProjectId,
} from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'
import { organisationsQuery } from '../organisations/organisation-queries.ts'
import { useNames } from '../projects/default-names.ts'
import { projectsQuery } from '../projects/project-queries.ts'

export type Audience = Pick<Article, 'visibility' | 'organisationId' | 'projectId'>

export const audienceOf = (article: Article | null): Audience => ({
  visibility: article?.visibility ?? 'private',
  organisationId: article?.organisationId ?? null,
  projectId: article?.projectId ?? null,
})

export const isComplete = ({ visibility, organisationId, projectId }: Audience) =>
  (visibility !== 'organisation' || organisationId !== null) && (visibility !== 'project' || projectId !== null)

/** Who reads the article once it is published. */
export function AudienceFields({
  value,
  access,
  onChange,
}: {
  value: Audience
  access: Access
  onChange: (value: Audience) => void
}) {
  const { t } = useTranslation()
  const { projectName } = useNames()
  const organisations = useQuery(organisationsQuery).data ?? []
  const projects = useQuery(projectsQuery).data ?? []
  const { visibility, organisationId, projectId } = value
  const isFixed = !holdsRight(access, 'manage')
  const choose = (next: ArticleVisibility) =>
    onChange({
      visibility: next,
      organisationId: next === 'organisation' || next === 'public' ? organisationId : null,
      projectId: next === 'project' || next === 'public' ? projectId : null,
    })
  return (
    <Group gap="sm" align="end">
      <Select
        label={t('articles.readersLabel')}
        value={visibility}
        disabled={isFixed}
        data={ArticleVisibility.options.map((each) => ({ value: each, label: t(`articles.readers.${each}`) }))}
        onChange={(next) => choose(ArticleVisibility.parse(next))}
      />
      {visibility === 'organisation' && (
        <Select
          searchable
          label={t('articles.organisation')}
          placeholder={t('articles.choose')}
          disabled={isFixed}
          value={organisationId}
          data={organisations.map(({ id, name }) => ({ value: id as string, label: name }))}
          onChange={(id) => onChange({ ...value, organisationId: id as OrganisationId | null })}
        />
      )}
      {visibility === 'project' && (
        <Select
          searchable
          label={t('articles.project')}
          placeholder={t('articles.choose')}
          disabled={isFixed}
          value={projectId}
          data={projects
            .filter((project) => holdsRight(project.access, 'annotate'))
            .map((project) => ({ value: project.id as string, label: projectName(project) }))}
          onChange={(id) => onChange({ ...value, projectId: id as ProjectId | null })}
        />
      )}
    </Group>
  )
}
