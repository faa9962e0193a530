import { NumberInput, Select, SimpleGrid } from '@mantine/core'
import type { RemoteSettings } from '@vesalius/contracts'
import { useTranslation } from 'react-i18next'

type Tensors = RemoteSettings['tensors']

interface Props {
  tensors: Tensors
  onChange: (tensors: Tensors) => void
}

/** How numbers go to and come from a server whose inputs are no encoded pictures. */
export function TensorFields({ tensors, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <Select
        label={t('remote.scale')}
        value={tensors.scale}
        allowDeselect={false}
        data={(['raw', 'unit', 'imagenet'] as const).map((value) => ({ value, label: t(`remote.scales.${value}`) }))}
        onChange={(value) => value && onChange({ ...tensors, scale: value as Tensors['scale'] })}
      />
      <Select
        label={t('remote.boxes')}
        value={tensors.boxes}
        allowDeselect={false}
        data={(['xyxy', 'xywh'] as const).map((value) => ({ value, label: t(`remote.boxForms.${value}`) }))}
        onChange={(value) => value && onChange({ ...tensors, boxes: value as Tensors['boxes'] })}
      />
      <Select
        label={t('remote.boxUnit')}
        value={tensors.boxUnit}
        allowDeselect={false}
        data={(['tensor', 'image', 'share'] as const).map((value) => ({
          value,
          label: t(`remote.boxUnits.${value}`),
        }))}
        onChange={(value) => value && onChange({ ...tensors, boxUnit: value as Tensors['boxUnit'] })}
      />
      <NumberInput
        label={t('remote.threshold')}
        suffix=" %"
        min={0}
        max={100}
        value={Math.round(tensors.threshold * 100)}
        onChange={(value) => typeof value === 'number' && onChange({ ...tensors, threshold: value / 100 })}
      />
    </SimpleGrid>
  )
}
