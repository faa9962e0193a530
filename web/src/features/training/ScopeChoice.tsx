import { Input, SegmentedControl } from '@mantine/core'
import type { TrainingScope } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

const SCOPES: readonly TrainingScope[] = ['whole', 'head']

/** Whether the whole model goes on learning, or its last layer alone; says in plain words what either is good for. */
export function ScopeChoice({ value, onChange }: { value: TrainingScope; onChange: (scope: TrainingScope) => void }) {
  const { t } = useTranslation()
  return (
    <Input.Wrapper label={t('trainingScope.label')} description={t(`trainingScope.${value}.text`)}>
      <div>
        <SegmentedControl
          mt={6}
          aria-label={t('trainingScope.label')}
          value={value}
          data={SCOPES.map((scope) => ({ value: scope, label: t(`trainingScope.${scope}.name`) }))}
          onChange={(scope) => onChange(scope as TrainingScope)}
        />
      </div>
    </Input.Wrapper>
  )
}
