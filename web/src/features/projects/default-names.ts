import { type Project, taskTypeOf } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

const DEFAULT_CLASSES = ['negative', 'positive', 'healthy', 'cat disease', 'class 1', 'class 2', 'class 3'] as const
type DefaultClass = (typeof DEFAULT_CLASSES)[number]
const isDefaultClass = (name: string): name is DefaultClass => (DEFAULT_CLASSES as readonly string[]).includes(name)

/**
 * Names a person never chose are shown in the reader's language: a new account's projects by their task type,
 * and the classes a task type starts with. What a person wrote is shown as written.
 */
export function useNames() {
  const { t } = useTranslation()
  return {
    projectName: (project: Pick<Project, 'isDefault' | 'name' | 'taskType'>) =>
      project.isDefault && project.name === taskTypeOf(project.taskType).name
        ? t(`taskType.${project.taskType}.name`)
        : project.name,
    className: (name: string) => (isDefaultClass(name) ? t(`defaultClass.${name}`) : name),
  }
}
